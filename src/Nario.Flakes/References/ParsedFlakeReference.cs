namespace Nario.Flakes.References;

/// <summary>What a text on a command line stands for.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Fragment">What follows <c>#</c>, percent-decoded; empty when there is nothing.</param>
/// <param name="Warnings">What in the text has no effect, or was read otherwise than written; lines for the user.</param>
public sealed record ParsedFlakeReference(FlakeReference Reference, string Fragment, IReadOnlyList<string> Warnings);
