using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>A name: a built-in (<c>u4le</c>, <c>str</c>, <c>b3</c>), or a type with arguments.</summary>
public sealed record NamedTypeSyntax(TypeName Name, IReadOnlyList<Expression> Arguments, SourceSpan Span)
    : TypeReferenceSyntax(Span);
