using Microsoft.Data.Sqlite;
using Nario.Cli.Tests.Support;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>R and S: what restoring and a store must withstand, as far as the whole program shows it.</summary>
public sealed class RestoreTests : IDisposable
{
    private const int LargeLength = 12 * 1024 * 1024;

    private readonly TemporaryStore _store = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Versions => [1, 2];

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    /// <summary>What is in the place of a path without being valid goes; what it points to stays.</summary>
    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("link")]
    [InlineData("dangling")]
    public void R01_what_is_in_the_place_of_a_path(string kind)
    {
        string place = Path.Join(_store.RealStore, NarioBuilder.Path);
        string outside = _folder.Join("outside");
        Directory.CreateDirectory(_store.RealStore);
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Join(outside, "kept"), "kept");
        switch (kind)
        {
            case "file":
                File.WriteAllText(place, "old");
                break;
            case "folder":
                Directory.CreateDirectory(place);
                break;
            default:
                File.CreateSymbolicLink(place, kind == "link" ? outside : _folder.Join("missing"));
                break;
        }

        Import(NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar))).AssertSuccess();

        Assert.Equal("contents", File.ReadAllText(place));
        Assert.Null(new FileInfo(place).LinkTarget);
        Assert.Equal([NarioBuilder.Path], _store.ListObjects());
        Assert.Equal(["outside", "outside/kept"], _folder.List());
    }

    [Fact]
    public void R03_a_relative_store_and_a_relative_file()
    {
        File.WriteAllBytes(_folder.Join("nario"), NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar)));

        Executable.Run("cd \"$1\" && nario import --no-check-sigs --store ./root nario", _folder.Path).AssertSuccess();

        Assert.Equal("contents", File.ReadAllText(_folder.Join("root", "nix", "store", NarioBuilder.Path)));
    }

    /// <summary>A limit on the size of files stands in for a disk that is full.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void R06_a_file_that_cannot_be_written_to_its_end(int version)
    {
        byte[] nar = Wire.Nar(new DirectoryNode([new("large"u8.ToArray(), new FileNode(new byte[LargeLength]))]));
        File.WriteAllBytes(_folder.Join("nario"), Make(version, nar));

        RunResult result = Executable.Run(
            "trap '' XFSZ; ulimit -f 18000; nario import --no-check-sigs --store \"$1\" \"$2\"", _store.Root, _folder.Join("nario"));

        Assert.EndsWith("File too large", result.AssertError(), StringComparison.Ordinal);
        Assert.Empty(_store.ListObjects());
        Assert.Empty(_store.Query("select path from ValidPaths"));
    }

    /// <summary>Space is taken for bytes that have come, not for those that are announced.</summary>
    [Fact]
    public void R07_a_huge_size_takes_no_space()
    {
        const long Announced = 1L << 40;
        const long Most = 4 * 1024 * 1024;
        byte[] begin = new Wire().Number(1).Text(NarioBuilder.NarMagic, "(", "type", "regular", "contents")
            .Number((ulong)Announced).Raw(new byte[1024 * 1024]).ToArray();
        long largest = 0;
        using EndingStream input = new(begin, () => largest = Directory
            .EnumerateFiles(_store.RealStore, "*", SearchOption.AllDirectories)
            .Select(static file => new FileInfo(file).Length).DefaultIfEmpty().Max());

        RunResult result = new InProcess { Input = input }.Run("import", "--no-check-sigs", "--store", _store.Root);

        Assert.Equal(
            $"entry 1: unexpected end-of-file (offset {begin.Length}, nar/regular/contents)", result.AssertError());
        Assert.InRange(largest, 1, Most);
        Assert.Empty(_store.ListObjects());
    }

    [Fact]
    public void S04_a_database_that_another_process_writes_is_waited_for()
    {
        Assert.Equal(ExitCodes.Success, Import(new byte[sizeof(ulong)]).ExitCode);
        using SqliteConnection other = new($"Data Source={_store.DatabaseFile};Pooling=False");
        other.Open();
        using SqliteTransaction transaction = other.BeginTransaction(deferred: false);
        RunResult? result = null;
        RunningThread importing = RunningThread.Start(
            () => result = Import(NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar))));

        // From here on it is on its way, and cannot end before the other writer does.
        while (!_store.ListObjects().Any(static name => name.Length > 0))
        {
            Thread.Yield();
        }

        Assert.Empty(_store.Query("select path from ValidPaths"));
        transaction.Rollback();
        importing.Join();

        result!.AssertSuccess();
        Assert.Equal([NarioBuilder.Path], _store.ListObjects());
        Assert.Equal([NarioBuilder.StorePrefix + NarioBuilder.Path], _store.Query("select path from ValidPaths"));
    }

    private static byte[] Make(int version, byte[] nar) => version == 1
        ? NarioBuilder.Nario1(NarioBuilder.Entry1(nar))
        : NarioBuilder.Nario2(NarioBuilder.Entry2(nar));

    private RunResult Import(byte[] nario) =>
        InProcess.Run(nario, "import", "--no-check-sigs", "--store", _store.Root);

    /// <summary>An input that tells when all has been read from it.</summary>
    private sealed class EndingStream(byte[] bytes, Action end) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            if (read == 0)
            {
                end();
            }

            return read;
        }

        public override int Read(Span<byte> buffer)
        {
            byte[] bytes = new byte[buffer.Length];
            int read = Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
    }
}
