namespace Nario.Testing;

/// <summary>Compares what is made with files of the repository, which it can replace.</summary>
public static class GoldenFiles
{
    private const string RefreshVariable = "NARIO_REFRESH_GOLDEN";

    private const string Hint = $"with {RefreshVariable}=1 in the environment the tests write it anew, and the difference is reviewed";

    /// <summary>Expects the files of a folder to be those that are given: none more, none less, and the same texts.</summary>
    /// <param name="folder">The folder, relative to the repository.</param>
    /// <param name="pattern">Which files of it.</param>
    /// <param name="files">The texts by the names of the files.</param>
    public static void AssertSame(string folder, string pattern, IReadOnlyDictionary<string, string> files)
    {
        string place = Path.Join(TestFiles.Repository, folder);
        if (Environment.GetEnvironmentVariable(RefreshVariable) == "1")
        {
            Refresh(place, pattern, files);
        }

        Dictionary<string, string> there = Directory.Exists(place)
            ? Directory.GetFiles(place, pattern).ToDictionary(static file => Path.GetFileName(file), File.ReadAllText)
            : [];
        string[] differences =
        [
            .. files.Keys.Except(there.Keys).Select(static name => $"{name} is not there"),
            .. there.Keys.Except(files.Keys).Select(static name => $"{name} is made no more"),
            .. files.Keys.Intersect(there.Keys).Where(name => files[name] != there[name]).Select(static name => $"{name} differs"),
        ];
        Assert.True(
            differences.Length == 0,
            $"{folder}: {string.Join(", ", differences.Order(StringComparer.Ordinal))}; {Hint}");
    }

    private static void Refresh(string place, string pattern, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(place);
        foreach (string file in Directory.GetFiles(place, pattern))
        {
            File.Delete(file);
        }

        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Join(place, name), text);
        }
    }
}
