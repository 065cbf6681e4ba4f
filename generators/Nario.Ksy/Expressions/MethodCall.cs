using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>target.method(arguments)</c>: <paramref name="Method"/> is the member access.</summary>
public sealed record MethodCall(MemberAccess Method, IReadOnlyList<Expression> Arguments, SourceSpan Span)
    : Expression(Span);
