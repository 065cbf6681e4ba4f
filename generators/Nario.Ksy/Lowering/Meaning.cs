namespace Nario.Ksy.Lowering;

/// <summary>What a name stands for.</summary>
internal abstract record Meaning;
