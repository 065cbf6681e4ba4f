namespace Nario.Codec;

/// <summary>Where something stands in a nario.</summary>
/// <param name="Offset">Offset in bytes from the beginning of the input.</param>
/// <param name="SpecPath">Where the specification states it: <c>specification/type/field</c>.</param>
public readonly record struct NarioPlace(long Offset, string SpecPath);
