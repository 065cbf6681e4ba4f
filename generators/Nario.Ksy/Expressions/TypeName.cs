using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A type's name in an expression or a <c>type</c> key: <c>a::b</c>, with <c>[]</c> for arrays.</summary>
public sealed record TypeName(IReadOnlyList<string> Parts, bool IsArray, SourceSpan Span)
{
    /// <summary>Whether it begins with <c>::</c>, so that it is looked up from the specification's own type on.</summary>
    public bool IsAbsolute { get; init; }
}
