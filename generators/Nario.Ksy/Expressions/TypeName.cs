using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A type's name in an expression or a <c>type</c> key: <c>a::b</c>, with <c>[]</c> for arrays.</summary>
public sealed record TypeName(IReadOnlyList<string> Parts, bool IsArray, SourceSpan Span);
