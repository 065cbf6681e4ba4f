using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A floating-point number.</summary>
public sealed record FloatLiteral(double Value, SourceSpan Span) : Expression(Span);
