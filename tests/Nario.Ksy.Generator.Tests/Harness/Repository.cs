namespace Nario.Ksy.Generator.Tests.Harness;

/// <summary>Files of the repository and beside it; <c>NARIO_SHARED</c> names another place for the latter.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the path of a file or folder of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Gets a folder of the test data that stands beside the repository, or null when it is absent.</summary>
    public static string? SharedFolder(string name)
    {
        string shared = Environment.GetEnvironmentVariable("NARIO_SHARED") is { Length: > 0 } named
            ? named
            : Path.Combine(Path.GetDirectoryName(Root) ?? "", "shared");
        string folder = Path.Combine(shared, name);
        return Directory.Exists(folder) ? folder : null;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nario.Codec.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not stand in the repository.");
    }
}
