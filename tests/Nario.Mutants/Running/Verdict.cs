using Nario.Mutants.Mutation;

namespace Nario.Mutants.Running;

/// <summary>What became of a mutant, and which test decided.</summary>
internal sealed record Verdict(Mutant Mutant, Outcome Outcome, string Test);
