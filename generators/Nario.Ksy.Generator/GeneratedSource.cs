namespace Nario.Ksy.Generator;

/// <summary>A generated file.</summary>
/// <param name="Name">Its name, unique in the project.</param>
/// <param name="Text">Its text.</param>
public sealed record GeneratedSource(string Name, string Text);
