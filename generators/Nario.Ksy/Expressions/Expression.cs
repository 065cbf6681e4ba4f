using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A node of a parsed Kaitai Struct expression, with its place in the specification.</summary>
public abstract record Expression(SourceSpan Span);
