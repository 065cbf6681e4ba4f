using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>type::name::label</c>: the last two names are the enumeration and the label.</summary>
public sealed record EnumLabel(IReadOnlyList<string> TypePath, string Enumeration, string Label, SourceSpan Span)
    : Expression(Span)
{
    /// <summary>Whether it begins with <c>::</c>, so that it is looked up from the specification's own type on.</summary>
    public bool IsAbsolute { get; init; }
}
