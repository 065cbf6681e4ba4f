namespace Nario.Mutants.Running;

/// <summary>What is known of a test that passes without a mutant.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Reached">The numbers of the mutants whose places it reaches.</param>
internal sealed record MappedTest(int Index, string Name, int Milliseconds, IReadOnlySet<int> Reached);
