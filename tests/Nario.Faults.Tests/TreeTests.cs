using System.Globalization;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Restores where links, permissions and inheritance lead elsewhere.</summary>
public sealed class TreeTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultRounds = 2;

    private const int LongestDelay = 250;

    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode EverybodyEnters =
        Everybody | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "R05")]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void R05_writes_nothing_through_a_store_directory_that_becomes_a_link(InputKind kind) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            int version = random.Next(1, 3);
            using Victim victim = new();
            using FaultStore store = new();
            _ = store.ImportFrom(new byte[8]);
            string directory = store.Join("nix/store");
            string moved = store.Join("nix/moved");
            bool hasEnded = false;
            int delay = random.Next(LongestDelay);
            RunningThread swapper = RunningThread.Start(() =>
            {
                // What is a link from the beginning is refused.
                Thread.Sleep(delay);
                while (!Volatile.Read(ref hasEnded))
                {
                    Directory.Move(directory, moved);
                    File.CreateSymbolicLink(directory, victim.Path);
                    Thread.Yield();
                    File.Delete(directory);
                    Directory.Move(moved, directory);
                    Thread.Sleep(1);
                }
            });

            ProgramResult result = store.Import(version, kind);

            Volatile.Write(ref hasEnded, true);
            swapper.Join();
            victim.AssertUntouched();
            tally.Count(result.ExitCode == 0 ? "completed" : "refused");
            if (result.ExitCode != 0)
            {
                ProcessEnd.AssertFailure(result);
            }

            store.AssertRecovers(version, kind);
        });

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "R05")]
    [InlineData(1)]
    [InlineData(2)]
    public void R05_writes_nothing_through_folders_of_the_tree_that_become_links(int version) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            using Victim victim = new();
            using FaultStore store = new();
            string trash = store.Join("trash");
            Directory.CreateDirectory(trash);
            bool hasEnded = false;
            int swapped = 0;
            RunningThread swapper = RunningThread.Start(() =>
            {
                while (!Volatile.Read(ref hasEnded))
                {
                    swapped += SwapFolders(store.Join("nix/store"), trash, swapped, victim.Path);
                }
            });

            ProgramResult result = store.Import(version, random.Next(2) == 0 ? InputKind.File : InputKind.Pipe);

            Volatile.Write(ref hasEnded, true);
            swapper.Join();
            victim.AssertUntouched();
            tally.Count(swapped > 0 ? "folders were swapped" : "nothing was swapped");
            tally.Count(result.ExitCode == 0 ? "completed" : "failed");
            if (result.ExitCode != 0)
            {
                ProcessEnd.AssertFailure(result);
            }
        });

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "R01")]
    [InlineData(1)]
    [InlineData(2)]
    public void R01_leaves_alone_what_hard_links_in_left_overs_lead_to(int version)
    {
        using Victim victim = new();
        using FaultStore store = new();
        _ = store.ImportFrom(new byte[8]);
        int number = 0;
        foreach (string path in FaultClosure.Paths.Take(12))
        {
            // What is not registered is left over, whatever it is.
            string place = store.Join(path);
            switch (number++ % 3)
            {
                case 0:
                    Link(victim.File, place);
                    break;
                case 1:
                    Directory.CreateDirectory(Path.Join(place, "share"));
                    Link(victim.File, Path.Join(place, "share/file-00"));
                    File.CreateSymbolicLink(Path.Join(place, "bin"), victim.Path);
                    break;
                default:
                    File.CreateSymbolicLink(place, victim.Path);
                    break;
            }
        }

        store.AssertRecovers(version, InputKind.File);

        victim.AssertUntouched();
    }

    [RequiresFact(Needs.Nix)]
    public void Imports_into_a_store_whose_files_are_hard_links()
    {
        byte[] nario = FaultClosure.Read(2);
        using FaultStore store = new();
        _ = store.ImportFrom(nario.AsSpan(0, nario.Length / 2).ToArray());
        Assert.Equal(0, store.Run("nix-store", "--store", store.Root, "--optimise").ExitCode);
        int links = Directory.GetFiles(store.Join("nix/store/.links")).Length;
        Assert.NotEqual(0, links);

        ProgramResult result = store.Import(1, InputKind.Pipe);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(FaultClosure.Paths.Order(StringComparer.Ordinal), store.ListRegistered());
        Assert.Equal(links, Directory.GetFiles(store.Join("nix/store/.links")).Length);
        store.AssertClean();
    }

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S07")]
    [InlineData("nix/store")]
    [InlineData("nix")]
    public void S07_refuses_a_store_directory_that_is_a_link(string linked)
    {
        using FaultStore store = new();
        string real = _folder.Join("real");
        Directory.CreateDirectory(real);
        Directory.CreateDirectory(Path.GetDirectoryName(store.Join(linked))!);
        File.CreateSymbolicLink(store.Join(linked), real);

        ProcessEnd.AssertFailure(
            store.Import(2, InputKind.File), $"the path '{store.Join(linked)}' is a symbolic link, [^\n]*");

        Assert.Empty(Directory.GetFileSystemEntries(real));
        File.Delete(store.Join(linked));
        store.AssertRecovers(2, InputKind.File);
    }

    [RequiresFact(Needs.Nix)]
    [Trait("Checklist", "S07")]
    public void S07_follows_a_link_to_the_store_directory_when_told_to()
    {
        using FaultStore store = new();
        string real = _folder.Join("real");
        Directory.CreateDirectory(real);
        Directory.CreateDirectory(store.Join("nix"));
        File.CreateSymbolicLink(store.Join("nix/store"), real);
        string[] allowed = ["env", "NIX_IGNORE_SYMLINK_STORE=1"];

        ProgramResult result = store.ImportUnder(allowed, 2, InputKind.Pipe);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(
            FaultClosure.Paths.Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            store.ListObjects());
        ProgramResult verified =
            store.Run([.. allowed, "nix-store", "--store", store.Root, "--verify", "--check-contents"]);
        Assert.Equal((0, Nix.CleanReport), (verified.ExitCode, verified.Errors));
    }

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "R09")]
    [InlineData(1, "077")]
    [InlineData(2, "077")]
    [InlineData(2, "000")]
    public void R09_gives_all_the_same_permissions_whatever_the_umask(int version, string umask)
    {
        using FaultStore store = new();

        ProgramResult result = store.ImportUnder(
            ["sh", "-c", "umask \"$0\"; exec \"$@\"", umask], version, InputKind.Pipe);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        AssertCanonical(store);
        store.AssertComplete();
    }

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "R08")]
    [InlineData(1, InputKind.File)]
    [InlineData(2, InputKind.Pipe)]
    public void R08_lets_nothing_inherit_from_the_store_directory(int version, InputKind kind)
    {
        using FaultStore store = new();
        Directory.CreateDirectory(store.Join("nix/store"));
        foreach (string folder in (string[])["nix", "nix/store"])
        {
            AccessList.SetDefault(store.Join(folder));
            File.SetUnixFileMode(
                store.Join(folder), File.GetUnixFileMode(store.Join(folder)) | UnixFileMode.SetGroup);
        }

        ProgramResult result = store.Import(version, kind);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        AssertCanonical(store);
        store.AssertComplete();
    }

    private static int SwapFolders(string directory, string trash, int first, string target)
    {
        int count = 0;
        try
        {
            foreach (string staging in Directory.EnumerateDirectories(directory, "*-nario-staging"))
            {
                foreach (string folder in Directory.EnumerateDirectories(staging))
                {
                    if (new DirectoryInfo(folder).LinkTarget is null)
                    {
                        Directory.Move(
                            folder, Path.Join(trash, (first + count).ToString(CultureInfo.InvariantCulture)));
                        File.CreateSymbolicLink(folder, target);
                        count++;
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The import was faster.
        }

        return count;
    }

    private static void Link(string path, string newPath) => Assert.Equal(0, NativeCalls.Link(path, newPath));

    /// <summary>Expects the permissions that everything in a store has, and no attribute beside them.</summary>
    private static void AssertCanonical(FaultStore store)
    {
        foreach (string path in store.ListObjects().SelectMany(name =>
            Directory.Exists(store.Join($"nix/store/{name}"))
                ? [name, .. TemporaryFolder.ListBelow(store.Join($"nix/store/{name}")).Select(entry => $"{name}/{entry}")]
                : (string[])[name]))
        {
            string place = store.Join($"nix/store/{path}");
            FileInfo file = new(place);
            Assert.Empty(AccessList.ListAttributes(place));
            Assert.Equal(DateTime.UnixEpoch.AddSeconds(1), file.LastWriteTimeUtc);
            if (file.LinkTarget is null)
            {
                UnixFileMode mode = File.GetUnixFileMode(place);
                Assert.True(mode == EverybodyEnters || (mode == Everybody && !Directory.Exists(place)), $"{path}: {mode}");
            }
        }
    }
}
