namespace Nario.Fuzz.Seeds;

/// <summary>Finds the files of the repository and the vectors beside it.</summary>
internal static class RepositoryFiles
{
    private const string SolutionFile = "Nario.Codec.sln";
    private const string SharedVariable = "NARIO_SHARED";

    /// <summary>Gets the root of the repository; null when the program does not run below it.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>Gets the folder of shared vectors: <c>NARIO_SHARED</c>, or <c>shared</c> beside the repository; null
    /// when it is absent.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>Gets the files in a folder and below it in a fixed order; none when it is absent.</summary>
    /// <param name="root">What the folder is in; null: absent.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="pattern">Which files.</param>
    public static IEnumerable<string> List(string? root, string folder, string pattern)
    {
        string full = Path.Join(root, folder);
        return root is not null && Directory.Exists(full)
            ? Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
    }

    private static string? FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, SolutionFile)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    private static string? FindShared()
    {
        string? named = Environment.GetEnvironmentVariable(SharedVariable);
        string? folder = string.IsNullOrEmpty(named) ? Path.Join(Path.GetDirectoryName(Root), "shared") : named;
        return Directory.Exists(folder) ? folder : null;
    }
}
