using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>A type that depends on a value.</summary>
public sealed record SwitchTypeSyntax(Expression On, IReadOnlyList<SwitchCaseSyntax> Cases, SourceSpan Span)
    : TypeReferenceSyntax(Span);
