namespace Nario.Ksy.Programs;

/// <summary>The largest encoding of a type.</summary>
/// <param name="Mark">Slot that holds the offset at which the type began.</param>
/// <param name="Maximum">Largest size in bytes.</param>
/// <param name="SpecPath">The type.</param>
public sealed record SizeLimit(Slot Mark, long Maximum, string SpecPath);
