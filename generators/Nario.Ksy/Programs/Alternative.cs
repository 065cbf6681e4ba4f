namespace Nario.Ksy.Programs;

/// <summary>A value of a field that decides what follows.</summary>
/// <param name="Value">The value.</param>
/// <param name="Tokens">
/// The tokens of which one comes next if the field has that value; null stands for the end.
/// </param>
public sealed record Alternative(long Value, IReadOnlyList<Token?> Tokens);
