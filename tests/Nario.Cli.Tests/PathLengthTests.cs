using System.Text;
using Nario.Cli.Tests.Checklist;
using Nario.Cli.Tests.Support;
using Nario.Codec.Tests.Trees;
using Nario.Store.Posix;

namespace Nario.Cli.Tests;

/// <summary>
/// Trees whose files have paths that are too long for the system: by descriptors they could be made, but no collector
/// could delete them by their paths.
/// </summary>
public sealed class PathLengthTests
{
    private const int NameLength = 200;

    private const int FolderLength = 150;

    private static readonly string[][] Readers =
    [
        ["list", "-R"], ["list", "-lR"], ["list", "--json", "-R"],
    ];

    public static TheoryData<int, bool> Inputs => new() { { 1, false }, { 1, true }, { 2, false }, { 2, true } };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void D01_a_path_of_4096_bytes_is_refused_by_all_that_reads_a_NAR(int version, bool isPipe)
    {
        byte[] nar = MakeNar(Prefix(StoreDirectoryLength), SystemLimits.MaxPathLength + 1, out long at);
        byte[] nario = MakeNario(version, nar, out long start);
        string error = "error: " + NarioBuilder.OfPath(NarioBuilder.Wrong(
            "a path of at most 4095 bytes in the store", "one of 4096", start + at, "nar/entry_body/entry")) + "\n";
        using TemporaryStore store = new();
        foreach (string[] words in (string[][])
            [
                .. Readers, ["import", "--no-check-sigs", "--store", store.Root], .. version == 1 ? (string[][])[["list"]] : [],
            ])
        {
            RunResult result = new InProcess { Input = Open(nario, isPipe) }.Run(words);

            Assert.Equal((string.Join(' ', words), error), (string.Join(' ', words), result.Errors));
            Assert.Equal(ExitCodes.Failure, result.ExitCode);
        }

        Assert.Equal([], store.ListObjects());
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void D01_a_path_of_4095_bytes_is_read(int version, bool isPipe)
    {
        byte[] nar = MakeNar(Prefix(StoreDirectoryLength), SystemLimits.MaxPathLength, out _);
        byte[] nario = MakeNario(version, nar, out _);
        foreach (string[] words in Readers)
        {
            byte[] output = new InProcess { Input = Open(nario, isPipe) }.Run(words).AssertSuccess();

            Assert.Contains(new string('z', 10), Encoding.UTF8.GetString(output), StringComparison.Ordinal);
        }
    }

    /// <summary>What counts is where the store really is, which the file cannot know.</summary>
    [Theory]
    [MemberData(nameof(Inputs))]
    public void D01_a_store_takes_what_fits_where_it_is(int version, bool isPipe)
    {
        using TemporaryStore store = new();
        string[] import = ["import", "--no-check-sigs", "--store", store.Root];
        int prefix = Prefix(Encoding.UTF8.GetByteCount(store.RealStore));
        byte[] tooLong = MakeNario(version, MakeNar(prefix, SystemLimits.MaxPathLength + 1, out _), out _);

        RunResult refused = new InProcess { Input = Open(tooLong, isPipe) }.Run(import);

        Assert.Equal(
            $"error: cannot add path '{NarioBuilder.StorePrefix}{NarioBuilder.Path}': the path of a file in it would have 4096 "
            + "bytes on the disk, and the system takes 4095 at most\n",
            refused.Errors);
        Assert.Equal([], store.ListObjects());
        byte[] longest = MakeNario(version, MakeNar(prefix, SystemLimits.MaxPathLength, out _), out _);
        new InProcess { Input = Open(longest, isPipe) }.Run(import).AssertSuccess();
        Assert.Equal([NarioBuilder.Path], store.ListObjects());
        if (NixProgram.IsInstalled)
        {
            NixProgram.RunStore(store.Root, "--verify", "--check-contents");
            NixProgram.RunStore(store.Root, "--gc");
            Assert.Equal([], store.ListObjects());
        }
    }

    [Fact]
    public void A_source_with_a_path_that_no_store_could_have_is_not_exported()
    {
        using TemporaryFolder folder = new();
        string source = folder.Join("source");
        string inner = source;

        // Where the source is, its path is shorter than in a store.
        int length = SystemLimits.MaxPathLength - Encoding.UTF8.GetByteCount(folder.Path) - "/source".Length;
        for (; length > NameLength; length -= NameLength + 1)
        {
            inner = Path.Join(inner, new string('d', NameLength));
        }

        Directory.CreateDirectory(Path.Join(inner, new string('d', length - 1)));
        string name = new('n', 211);

        RunResult result = new InProcess().Run(
            "export", "--format", "2", "--name", name, "-o", folder.Join("out"), source);

        Assert.Matches(
            $"^error: path '/nix/store/[0-9a-z]+-{name}' does not fit in a nario: The path of a file would be too long.\n$",
            result.Errors);
        Assert.Equal(["source"], folder.List().Where(static path => !path.Contains('/', StringComparison.Ordinal)));
    }

    private static int StoreDirectoryLength => NarioBuilder.StorePrefix.Length - 1;

    private static int Prefix(int directoryLength) => directoryLength + 1 + NarioBuilder.Path.Length;

    private static Stream Open(byte[] nario, bool isPipe) => isPipe ? new PipeStream(nario) : new MemoryStream(nario);

    private static byte[] MakeNario(int version, byte[] nar, out long start)
    {
        start = version == 1 ? NarioBuilder.NarStart1 : NarioBuilder.NarStart2(NarioBuilder.Info2(nar));
        return version == 1
            ? NarioBuilder.Nario1(NarioBuilder.Entry1(nar))
            : NarioBuilder.Nario2(NarioBuilder.Entry2(nar));
    }

    /// <summary>Makes a NAR of folders in folders with a file whose full path has a length.</summary>
    /// <param name="prefix">How much of the path stands before the tree.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="at">Where the name of the file stands.</param>
    private static byte[] MakeNar(int prefix, int length, out long at)
    {
        int rest = length - prefix;
        List<string> names = [];
        while (rest > NameLength + 1)
        {
            names.Add(new string('d', FolderLength));
            rest -= names[^1].Length + 1;
        }

        names.Add(new string('z', rest - 1));
        Wire wire = new Wire().Text(NarioBuilder.NarMagic);
        foreach (string name in names)
        {
            wire.Text("(", "type", "directory", "entry", "(", "name", name, "node");
        }

        wire.NodeOf(new FileNode([1]));
        for (int level = 0; level < names.Count; level++)
        {
            wire.Text(")", ")");
        }

        byte[] nar = wire.ToArray();
        at = nar.AsSpan().IndexOf(Encoding.ASCII.GetBytes(names[^1]));
        return nar;
    }
}
