using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>An element of <c>instances</c> that is read.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Field">What is read; it has the instance's name.</param>
/// <param name="Position"><c>pos</c>, or null.</param>
/// <param name="Io"><c>io</c>, or null.</param>
public sealed record ParsedInstanceSyntax(Identifier Id, AttributeSyntax Field, Expression? Position, Expression? Io)
    : InstanceSyntax(Id);
