using System.Numerics;
using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>An integer of any base.</summary>
public sealed record IntegerLiteral(BigInteger Value, SourceSpan Span) : Expression(Span);
