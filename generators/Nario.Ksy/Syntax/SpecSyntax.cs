namespace Nario.Ksy.Syntax;

/// <summary>A specification file as written: keys known, scalars read as what they must be, nothing resolved.</summary>
public sealed record SpecSyntax(string File, MetaSyntax Meta, TypeSyntax Root);
