namespace Nario.Ksy.Tests;

/// <summary>Test data that stands beside the repository; <c>NARIO_SHARED</c> names another folder.</summary>
internal static class SharedFiles
{
    /// <summary>Gets a folder of the test data, or null when it is absent.</summary>
    public static string? Folder(string name)
    {
        string folder = Path.Combine(Root(), name);
        return Directory.Exists(folder) ? folder : null;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("NARIO_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nario.Codec.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }
}
