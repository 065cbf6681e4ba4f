using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Kaitai.Tests;

/// <summary>The folders of specifications, tests and inputs; environment variables name others.</summary>
internal static class SuiteFolders
{
    /// <summary>Names the folder that has <c>formats</c>, <c>kst</c>, <c>src</c> and <c>formats_err</c>.</summary>
    public const string TestsVariable = "KSY_TESTS";

    /// <summary>Names the folder of public formats.</summary>
    public const string FormatsVariable = "KSY_FORMATS";

    /// <summary>The folder of tests, or null when it is absent.</summary>
    public static string? Tests { get; } = Find(TestsVariable, "kaitai-tests");

    /// <summary>The folder of public formats, or null when it is absent.</summary>
    public static string? Formats { get; } = Find(FormatsVariable, "kaitai-formats");

    /// <summary>Gets whether a variable names a folder, of which the tests know nothing.</summary>
    public static bool IsNamed(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    /// <summary>Gets all files of a kind under a folder, in order.</summary>
    public static string[] Files(string folder, string pattern)
    {
        string[] files = Directory.GetFiles(folder, pattern, SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string? Find(string variable, string name) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named
            ? Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{variable} names no folder.")
            : Repository.SharedFolder(name);
}
