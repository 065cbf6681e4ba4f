namespace Nario.Fuzz.Tests;

/// <summary>A test that needs a folder with a folder of inputs for each harness, which <c>NARIO_FUZZ_CORPUS</c> names.</summary>
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    private const string Variable = "NARIO_FUZZ_CORPUS";

    public CorpusTheoryAttribute()
    {
        if (string.IsNullOrEmpty(Folder))
        {
            Skip = $"{Variable} names no corpus";
        }
    }

    /// <summary>Gets the folder.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable);
}
