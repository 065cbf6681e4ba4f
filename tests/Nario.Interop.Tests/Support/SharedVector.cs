using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>A nario of the shared vectors, which are read in place, with its verdict.</summary>
/// <param name="Name">Its name without folder and ending.</param>
/// <param name="IsAccepted">Whether it is to be imported without an error.</param>
internal sealed record SharedVector(string Name, bool IsAccepted)
{
    /// <summary>Gets the narios that were made to do harm; none when they are not there.</summary>
    internal static IReadOnlyList<SharedVector> ReadHostile() =>
        [.. ReadTable("hostile", "MANIFEST.tsv").Select(static row => new SharedVector(row[0], row[1] == "accept"))];

    /// <summary>Gets odd narios with what a released program makes of them; none when they are not there.</summary>
    internal static IReadOnlyList<SharedVector> ReadBad() =>
        [.. ReadTable("bad", "SUMMARY.tsv").Select(static row => new SharedVector(row[0], row[5] == "0"))];

    /// <summary>Gets the path of a file of the vectors.</summary>
    internal static string Locate(params string[] parts) => Path.Combine([TestFiles.Shared ?? "", "vectors", .. parts]);

    /// <summary>Gets the bytes of a nario.</summary>
    internal static byte[] Read(string folder, string name) => File.ReadAllBytes(Locate(folder, $"{name}.nario"));

    /// <summary>Gets the rows of a table of tab-separated columns below its title; none when it is not there.</summary>
    internal static IEnumerable<string[]> ReadTable(string folder, string name) =>
        TestFiles.Shared is null
            ? []
            : File.ReadLines(Locate(folder, name)).Skip(1).Select(static line => line.Split('\t'));
}
