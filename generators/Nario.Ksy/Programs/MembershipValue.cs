namespace Nario.Ksy.Programs;

/// <summary>Whether a slot holds a member of its enumeration.</summary>
public sealed record MembershipValue(Slot Slot) : Value;
