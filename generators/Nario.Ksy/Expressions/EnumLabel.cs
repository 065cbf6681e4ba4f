using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>type::name::label</c>: the last two names are the enumeration and the label.</summary>
public sealed record EnumLabel(IReadOnlyList<string> TypePath, string Enumeration, string Label, SourceSpan Span)
    : Expression(Span);
