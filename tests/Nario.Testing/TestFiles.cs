namespace Nario.Testing;

/// <summary>Finds the files that tests read in place.</summary>
public static class TestFiles
{
    private const string SolutionName = "Nario.Codec.sln";

    private const string SharedVariable = "NARIO_SHARED";

    /// <summary>Gets the root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>
    /// Gets the folder of test data that is not a part of the repository, which every user can read, or null when it is not
    /// there.
    /// </summary>
    public static string? Shared { get; } = FindShared();

    private static string GoldenFolder { get; } = MakePublic(Path.Combine(Repository, "tests", "golden"));

    /// <summary>Gets the path of a file below <c>tests/golden</c>, which every user can read.</summary>
    public static string Golden(params string[] parts) => Path.Combine([GoldenFolder, .. parts]);

    private static string MakePublic(string folder) => OperatingSystem.IsLinux() ? PublicCopy.Of(folder) : folder;

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, SolutionName)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"no {SolutionName} above {AppContext.BaseDirectory}");
    }

    private static string? FindShared()
    {
        string folder = Environment.GetEnvironmentVariable(SharedVariable)
            ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        return Directory.Exists(folder) ? MakePublic(folder) : null;
    }
}
