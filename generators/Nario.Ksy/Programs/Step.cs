namespace Nario.Ksy.Programs;

/// <summary>Reads or writes something of bounded size.</summary>
/// <param name="Field">Identifier of the field.</param>
public abstract record Step(string Field);
