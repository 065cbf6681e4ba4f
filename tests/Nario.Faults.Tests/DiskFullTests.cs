using System.Globalization;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Lets the disk become full at random points, then gives it room.</summary>
public sealed class DiskFullTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultRounds = 2;

    private const long SmallestDisk = 8192;

    /// <summary>More than the database of the closure and its log take up, and less than what a store reserves.</summary>
    private const long LargestState = 1024 * 1024;

    private const string Ample = "size=256m,nr_inodes=100000";

    private const string FullDisk =
        "[^\n]*(No space left on device|database or disk is full|disk I/O error|unable to open database file)[^\n]*";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "R06")]
    public void R06_completes_an_import_that_ended_on_a_full_disk()
    {
        string root = _folder.Join("root");
        long size = MeasureUse(root);
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            long limit = random.NextInt64(SmallestDisk, size);
            AssertCompletes(_folder.Path, root, FormatSize(limit), random, tally);
        });
    }

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "R06")]
    public void R06_completes_an_import_that_found_no_room_for_the_database() =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            // The objects are not on the small disk.
            using TemporaryFolder folder = new();
            string root = folder.Join("root");
            string state = Path.Join(root, "nix/var");
            Directory.CreateDirectory(state);
            long limit = random.NextInt64(SmallestDisk, LargestState);
            AssertCompletes(state, root, FormatSize(limit), random, tally);
        });

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "R06")]
    public void R06_completes_an_import_that_ran_out_of_inodes()
    {
        string root = _folder.Join("root");
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            string limit = string.Create(CultureInfo.InvariantCulture, $"size=256m,nr_inodes={random.Next(2, 300)}");
            AssertCompletes(_folder.Path, root, limit, random, tally);
        });
    }

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "R06")]
    public void R06_keeps_the_old_file_when_an_export_finds_no_room()
    {
        using FaultStore store = new();
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            int version = random.Next(1, 3);
            byte[] whole = FaultClosure.Read(version);
            using SmallDisk disk = new(_folder.Path, FormatSize(random.NextInt64(8192, whole.Length)));
            string file = _folder.Join("file");
            string visible = disk.GetVisiblePath(file);
            byte[] before = "what was there"u8.ToArray();
            bool isThere = random.Next(2) == 0;
            if (isThere)
            {
                File.WriteAllBytes(visible, before);
            }

            string[] words =
            [
                .. disk.Enter, .. NarioProgram.CommandLine, "export", "--format", $"{version}", "--store", store.Root,
                "--all", "-o", file,
            ];
            ProcessEnd.AssertFailure(store.Run(words), $"cannot write '{file}': No space left on device");
            tally.Count($"version {version}");
            Assert.Equal(isThere ? before : null, File.Exists(visible) ? File.ReadAllBytes(visible) : null);
            Assert.Equal(isThere ? [visible] : [], Directory.GetFileSystemEntries(Path.GetDirectoryName(visible)!));
            store.AssertClean();

            disk.Change(Ample);
            ProgramResult result = store.Run(words);

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.Equal(whole.Length, new FileInfo(visible).Length);
        });
    }

    private static string FormatSize(long size) => string.Create(CultureInfo.InvariantCulture, $"size={size}");

    /// <summary>Imports where the disk becomes full, and again when it has room.</summary>
    private static void AssertCompletes(string mountPoint, string root, string limit, Random random, Tally tally)
    {
        int version = random.Next(1, 3);
        InputKind kind = random.Next(2) == 0 ? InputKind.File : InputKind.Pipe;
        using SmallDisk disk = new(mountPoint, limit);
        using FaultStore store = new(disk, root);

        ProgramResult result = store.Import(version, kind);

        tally.Count(result.ExitCode == 0 ? "there was room enough" : "ended on a full disk");
        if (result.ExitCode != 0)
        {
            ProcessEnd.AssertFailure(result, FullDisk);
        }

        store.Count(tally);
        AssertNothingTemporary(store);
        disk.Change(Ample);
        store.AssertRecovers(version, kind);
    }

    /// <summary>A program that can still act removes what it has not completed.</summary>
    private static void AssertNothingTemporary(FaultStore store) =>
        Assert.DoesNotContain(store.ListObjects(), static name => name.StartsWith("tmp-", StringComparison.Ordinal));

    /// <summary>Measures how much of a disk an import needs.</summary>
    private long MeasureUse(string root)
    {
        using SmallDisk disk = new(_folder.Path, Ample);
        using FaultStore store = new(disk, root);
        Assert.Equal(0, store.Import(2, InputKind.Pipe).ExitCode);
        return disk.CountUsedBytes();
    }
}
