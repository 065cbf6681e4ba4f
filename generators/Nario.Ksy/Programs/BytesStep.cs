namespace Nario.Ksy.Programs;

/// <summary>Bytes of a computed length.</summary>
/// <param name="Field">Identifier of the field.</param>
/// <param name="Slot">Where they go.</param>
/// <param name="Size">How many there are in the input.</param>
/// <param name="Terminator">The value ends before the first of these, if there is one; or null.</param>
public sealed record BytesStep(string Field, Slot Slot, Value Size, byte? Terminator) : Step(Field);
