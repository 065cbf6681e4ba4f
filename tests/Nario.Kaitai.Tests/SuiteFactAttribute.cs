namespace Nario.Kaitai.Tests;

/// <summary>A test over a folder of specifications, skipped where the folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SuiteFactAttribute : FactAttribute
{
    public SuiteFactAttribute(string variable)
    {
        Variable = variable;
        string? folder = variable == SuiteFolders.TestsVariable ? SuiteFolders.Tests : SuiteFolders.Formats;
        if (folder is null)
        {
            Skip = $"The folder is not beside the repository; {variable} may name another place.";
        }
    }

    public string Variable { get; }
}
