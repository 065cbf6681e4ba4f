using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>The loop of a list, where it is stated, and whether the number of its elements is.</summary>
internal sealed record ListLoop(Instruction Head, string Field, bool IsCounted);
