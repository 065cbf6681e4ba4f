using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>A store that Nix fills: sources of all kinds, derivations, and packages that refer to each other.</summary>
internal static class GeneratedClosure
{
    private const int PackageCount = 24;

    private const int MaximumReferenceCount = 5;

    private const string StorePrefix = "/nix/store/";

    /// <summary>Twelve files, each with the one before, and two derivations of several outputs.</summary>
    private const string Expression =
        """
        let
          file = n: builtins.toFile "file-${toString n}" (if n == 0 then "leaf" else "${toString n} ${file (n - 1)}");
          base = derivation {
            name = "base"; system = "none"; builder = file 3; outputs = [ "out" "dev" ];
          };
          fixed = derivation {
            name = "fixed"; system = "none"; builder = "/builder"; outputHashMode = "flat"; outputHashAlgo = "sha256";
            outputHash = "0000000000000000000000000000000000000000000000000000";
          };
        in [
          (derivation { name = "top"; system = "none"; builder = file 11; args = [ base.dev base.out fixed ]; })
          base
        ]
        """;

    /// <summary>Fills a store.</summary>
    /// <param name="store">An empty store.</param>
    /// <param name="folder">A place for the sources.</param>
    /// <returns>The paths of the store.</returns>
    internal static IReadOnlyList<string> Fill(TemporaryStore store, TemporaryFolder folder)
    {
        List<string> paths = [];
        foreach ((string name, byte[] nar) in TestNars.Odd)
        {
            Nix.Restore(nar, folder.Join(name));
            paths.Add(Nix.Add(store, folder.Join(name)));
        }

        foreach (string algorithm in (string[])["md5", "sha1", "sha256", "sha512"])
        {
            paths.Add(Nix.AddFixed(store, algorithm, isRecursive: false, folder.Join("file")));
            paths.Add(Nix.AddFixed(store, algorithm, isRecursive: true, folder.Join("sample")));
        }

        string[] derivations = [.. Nix.Instantiate(store, Expression)];
        paths.AddRange(Nix.Closure(store, derivations));
        paths.AddRange(RegisterPackages(store, paths, derivations));
        return [.. paths.Distinct()];
    }

    /// <summary>Puts packages in place whose references, some to themselves, and derivers are random.</summary>
    /// <remarks>They depend on nothing but a seed.</remarks>
    private static List<string> RegisterPackages(TemporaryStore store, List<string> others, string[] derivations)
    {
        Random random = new(50);
        StringBuilder dump = new();
        List<string> packages = [];
        for (int number = 0; number < PackageCount; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"package-{number}");
            string path = StorePrefix + TestStorePath.Named(name);
            HashSet<string> references = [];
            for (int count = random.Next(MaximumReferenceCount); count > 0; count--)
            {
                List<string> from = packages.Count > 0 && random.Next(3) > 0 ? packages : others;
                references.Add(from[random.Next(from.Count)]);
            }

            if (random.Next(4) == 0)
            {
                references.Add(path);
            }

            byte[] nar = MakePackage(references, random);
            Nix.Restore(nar, store.Join(path));
            string deriver = random.Next(2) == 0 ? derivations[random.Next(derivations.Length)] : "";
            string hash = Convert.ToHexStringLower(SHA256.HashData(nar));
            dump.Append(
                CultureInfo.InvariantCulture, $"{path}\n{hash}\n{nar.Length}\n{deriver}\n{references.Count}\n");
            dump.AppendJoin("", references.Select(static reference => $"{reference}\n"));
            packages.Add(path);
        }

        Nix.LoadDatabase(store, dump.ToString());
        return packages;
    }

    private static byte[] MakePackage(HashSet<string> references, Random random)
    {
        byte[] contents = new byte[random.Next(100_000)];
        random.NextBytes(contents);
        return TestNar.Write(sink =>
        {
            sink.BeginDirectory();
            sink.BeginEntry("bin"u8);
            sink.BeginDirectory();
            SampleTree.WriteFile(sink, "run"u8, true, Encoding.ASCII.GetBytes(string.Join('\n', references)));
            sink.EndDirectory();
            SampleTree.WriteFile(sink, "data"u8, false, contents);
            sink.EndDirectory();
        });
    }
}
