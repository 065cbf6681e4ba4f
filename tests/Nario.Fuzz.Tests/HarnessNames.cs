namespace Nario.Fuzz.Tests;

/// <summary>The names of all harnesses, a test case each.</summary>
public sealed class HarnessNames : TheoryData<string>
{
    public HarnessNames() => AddRange([.. HarnessCatalogue.All.Select(static harness => harness.Name)]);
}
