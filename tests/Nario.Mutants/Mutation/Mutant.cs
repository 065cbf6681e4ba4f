namespace Nario.Mutants.Mutation;

/// <summary>One change of one place in the code.</summary>
/// <param name="Id">Its number, the same in every run on the same code.</param>
/// <param name="Area">The area.</param>
/// <param name="File">The file, below <c>src</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Change">What stands there, and what comes in its place.</param>
internal sealed record Mutant(int Id, string Area, string File, int Line, string Change)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id}\t{Area}\t{File}:{Line}\t{Change}";
}
