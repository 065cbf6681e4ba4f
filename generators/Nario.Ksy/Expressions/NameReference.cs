using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>
/// A field, parameter, instance or one of <c>_</c>, <c>_index</c>, <c>_io</c>, <c>_on</c>,
/// <c>_parent</c>, <c>_root</c>, <c>_sizeof</c>.
/// </summary>
public sealed record NameReference(string Name, SourceSpan Span) : Expression(Span);
