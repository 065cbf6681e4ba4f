namespace Nario.Ksy.Programs;

/// <summary>A part of a description: a text, or else a value.</summary>
public sealed record DescriptionPart(string? Text, Value? Value);
