namespace Nario.Ksy.Syntax;

/// <summary>An element of <c>instances</c>.</summary>
public abstract record InstanceSyntax(Identifier Id);
