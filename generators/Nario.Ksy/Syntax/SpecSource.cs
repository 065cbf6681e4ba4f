namespace Nario.Ksy.Syntax;

/// <summary>A specification file.</summary>
/// <param name="File">Its path, as diagnostics show it.</param>
/// <param name="Text">Its text.</param>
public sealed record SpecSource(string File, string Text);
