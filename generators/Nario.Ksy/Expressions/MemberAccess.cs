using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>target.name</c>.</summary>
public sealed record MemberAccess(Expression Target, string Name, SourceSpan Span) : Expression(Span);
