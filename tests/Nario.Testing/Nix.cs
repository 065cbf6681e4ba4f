using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Nario.Testing;

/// <summary>What tests ask of the installed Nix. Stores are always those of the test.</summary>
[SupportedOSPlatform("linux")]
internal static class Nix
{
    /// <summary>What a check of a store prints that has nothing to report.</summary>
    internal const string CleanReport =
        "reading the Nix store...\nchecking path existence...\nchecking link hashes...\nchecking store hashes...\n";

    private const string StoreCommand = "nix-store";

    /// <summary>Imports a nario of version 1.</summary>
    /// <returns>The paths that it prints.</returns>
    internal static IReadOnlyList<string> Import(TemporaryStore store, byte[] nario) =>
        Lines(RunStore(store, ["--import"], nario));

    /// <summary>Tries to import a nario of version 1.</summary>
    /// <returns>Whether it succeeds.</returns>
    internal static bool TryImport(TemporaryStore store, byte[] nario)
    {
        using Process process = NixProgram.StartStore(store.Root, "--import");
        return ProgramResult.Await(process, nario).ExitCode == 0;
    }

    /// <summary>Exports paths as a nario of version 1.</summary>
    internal static byte[] Export(TemporaryStore store, IEnumerable<string> paths) =>
        RunStore(store, ["--export", .. paths]);

    /// <summary>Gets paths and all that they refer to.</summary>
    internal static IReadOnlyList<string> Closure(TemporaryStore store, IEnumerable<string> paths) =>
        Lines(RunStore(store, ["--query", "--requisites", .. paths]));

    /// <summary>Adds a file or folder.</summary>
    /// <returns>Its store path.</returns>
    internal static string Add(TemporaryStore store, string file) => Lines(RunStore(store, ["--add", file])).Single();

    /// <summary>Adds a file or folder under the hash of an algorithm.</summary>
    /// <returns>Its store path.</returns>
    internal static string AddFixed(TemporaryStore store, string algorithm, bool isRecursive, string file) =>
        Lines(RunStore(store, ["--add-fixed", .. isRecursive ? ["--recursive"] : (string[])[], algorithm, file])).Single();

    /// <summary>Makes the derivations and files that an expression describes.</summary>
    /// <returns>The paths of the derivations.</returns>
    internal static IReadOnlyList<string> Instantiate(TemporaryStore store, string expression) =>
        Lines(NixProgram.Run("nix-instantiate", ["--store", store.Root, "--expr", expression]).Output);

    /// <summary>Registers paths whose trees are in place.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dump">What <c>nix-store --dump-db</c> would print of them.</param>
    internal static void LoadDatabase(TemporaryStore store, string dump) =>
        RunStore(store, ["--load-db"], Encoding.ASCII.GetBytes(dump));

    /// <summary>Expects Nix to find everything whole that is registered in a store.</summary>
    internal static void AssertClean(TemporaryStore store)
    {
        ProgramResult result = NixProgram.Run(StoreCommand, ["--store", store.Root, "--verify", "--check-contents"]);
        Assert.Equal(CleanReport, result.Errors);
    }

    /// <summary>Expects an import that may have failed to leave nothing but paths that Nix finds whole.</summary>
    internal static void AssertEmptyOrClean(TemporaryStore store)
    {
        if (!Directory.Exists(store.RealStore))
        {
            return;
        }

        Leavings.AssertNone(store);
        if (store.ListObjects().Count > 0)
        {
            AssertClean(store);
        }
    }

    /// <summary>Gets the NAR of a tree outside a store.</summary>
    internal static byte[] Dump(string path) => NixProgram.Run(StoreCommand, ["--dump", path]).Output;

    /// <summary>Makes the tree of a NAR where nothing is yet.</summary>
    internal static void Restore(byte[] nar, string path) => NixProgram.Run(StoreCommand, ["--restore", path], nar);

    /// <summary>Gets the hash of a NAR of a tree, or of a file as it is.</summary>
    /// <param name="path">The tree or file.</param>
    /// <param name="arguments">How it is hashed and printed.</param>
    internal static string Hash(string path, params IEnumerable<string> arguments) =>
        Lines(NixProgram.Run("nix-hash", [.. arguments, path]).Output).Single();

    private static byte[] RunStore(TemporaryStore store, IEnumerable<string> arguments, byte[]? input = null) =>
        NixProgram.Run(StoreCommand, ["--store", store.Root, .. arguments], input).Output;

    private static string[] Lines(byte[] output) =>
        Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
