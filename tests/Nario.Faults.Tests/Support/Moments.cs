namespace Nario.Faults.Tests.Support;

/// <summary>When a program does its work, counted from its start.</summary>
/// <param name="Begin">When it begins to change anything.</param>
/// <param name="End">When it ends.</param>
internal sealed record Moments(TimeSpan Begin, TimeSpan End);
