using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>A value in a slot, or a record in one.</summary>
internal sealed record SlotMeaning(Slot Slot) : Meaning;
