namespace Nario.Mutants.Running;

/// <summary>What became of a mutant.</summary>
internal enum Outcome
{
    /// <summary>A test failed, which passes without it.</summary>
    Killed,

    /// <summary>A test did not end.</summary>
    TimedOut,

    /// <summary>No test failed.</summary>
    Survived,

    /// <summary>No test reaches it.</summary>
    Unreached,
}
