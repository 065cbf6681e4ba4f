namespace Nario.Flakes.Tests.Support;

/// <summary>A test that is skipped, and says why, where a program is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program)
    {
        Program = program;
        Skip = ProgramSearch.DescribeMissing(program);
    }

    public string Program { get; }
}

/// <summary>A test with data that is skipped, and says why, where a program is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramTheoryAttribute : TheoryAttribute
{
    public ProgramTheoryAttribute(string program)
    {
        Program = program;
        Skip = ProgramSearch.DescribeMissing(program);
    }

    public string Program { get; }
}

/// <summary>Looks for programs.</summary>
internal static class ProgramSearch
{
    /// <summary>Gets why a test cannot run, or null when it can.</summary>
    internal static string? DescribeMissing(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Join(folder, program)))
                ? null
                : $"{program} is not installed";
}
