using System.Text;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Import;
using Nario.Store.Local;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Posix;
using Nario.Store.Signatures;
using Nario.Store.Tests.Local;
using Nario.Testing;

namespace Nario.Store.Tests.Import;

public sealed class NarioImporterTests : IDisposable
{
    private static readonly StorePath Path = TestStorePath.Named("path");

    private static readonly byte[] Nar = TestNar.Write(SampleTree.Write);

    private static readonly NarioPathInfo Info = new()
    {
        Path = Path.BaseName,
        NarHash = TestHash.Sha256(Nar).ToBase16(),
        NarSize = (ulong)Nar.Length,
    };

    private readonly TemporaryStore _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_it_has_imported_is_registered_when_it_returns(int version)
    {
        using LocalStore store = _place.Open();

        Import(store, Write(version, Info));

        Assert.Equal([$"/nix/store/{Path}"], _place.Query("select path from ValidPaths"));
    }

    [Fact]
    public void A_reference_that_is_missing_is_told_before_the_nar_is_read()
    {
        StorePath missing = TestStorePath.Named("missing");
        byte[] nario = Write(2, Info with { References = [missing.BaseName] });
        using LocalStore store = _place.Open();

        StoreException exception = Assert.ThrowsAny<StoreException>(
            () => Import(store, nario[..^(Nar.Length / 2)]));

        MissingReferenceException cause =
            Assert.IsType<MissingReferenceException>(exception.InnerException?.InnerException);
        Assert.Equal(($"/nix/store/{Path}", $"/nix/store/{missing}"), (cause.Path, cause.Reference));
        Assert.StartsWith(cause.Message, exception.Message, StringComparison.Ordinal);
        Assert.Empty(_place.ListObjects());
    }

    [Fact]
    public void A_reference_may_be_to_what_the_store_has_already()
    {
        StorePath present = TestStorePath.Named("present");
        using LocalStore store = _place.Open();
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(present)));

        Import(store, Write(2, Info with { References = [present.BaseName, Path.BaseName] }));

        Assert.Equal([.. new[] { present, Path }.Order()], store.QueryPathInfo(Path)!.References);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void It_tells_of_what_it_restores_and_of_what_is_there(int version, bool isPipe)
    {
        byte[] nario = Write(version, Info);
        using LocalStore store = _place.Open();
        RecordingLog log = new();
        for (int time = 0; time < 2; time++)
        {
            using NarioReader reader = NarioReader.Open(isPipe ? new PipeStream(nario) : new MemoryStream(nario));
            new NarioImporter(store, new ImportOptions { CheckSignatures = false }, log)
                .Import(reader, null, CancellationToken.None);
        }

        Assert.Equal(
            [$"Information: importing path '/nix/store/{Path}'...", $"Detail: path '/nix/store/{Path}' is valid already"],
            log.Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_begun_when_the_work_is_to_end(int version)
    {
        using LocalStore store = _place.Open();
        using NarioReader reader = NarioReader.Open(new MemoryStream(Write(version, Info)));
        NarioImporter importer = new(store, new ImportOptions { CheckSignatures = false }, new SilentLog());

        Assert.Throws<OperationCanceledException>(
            () => importer.Import(reader, null, new CancellationToken(canceled: true)));

        Assert.Empty(_place.ListObjects());
    }

    [Fact]
    public void Of_one_path_it_is_told_one_thing_only()
    {
        NarioPathInfo other = Info with { Deriver = TestStorePath.Named("deriver.drv").BaseName };
        byte[] nario = TestNario.Write(2, (Info, SampleTree.Write), (other, SampleTree.Write));
        using LocalStore store = _place.Open();

        StoreException exception = Assert.ThrowsAny<StoreException>(() => Import(store, nario));

        Assert.Contains(
            $"the nario holds path '/nix/store/{Path}' twice and says different things of it",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Equal([Path], store.QueryAllValidPaths());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_repeated_path_that_is_valid_needs_no_signature_but_the_same_contents(bool isPipe, bool isSame)
    {
        NarioPathInfo info = new() { Path = Path.BaseName };
        byte[] twice = TestNario.Write(
            1, (info, SampleTree.Write), (info, isSame ? SampleTree.Write : static sink => sink.WriteSymlink("other"u8)));
        using LocalStore store = _place.Open();
        Import(store, Write(1, Info));

        using NarioReader reader = NarioReader.Open(isPipe ? new PipeStream(twice) : new MemoryStream(twice));
        NarioImporter importer = new(store, Trusting(TestKeys.Key1), new SilentLog());
        Exception? exception = Record.Exception(() => importer.Import(reader, null, CancellationToken.None));

        if (isSame)
        {
            Assert.Null(exception);
        }
        else
        {
            Assert.Contains(
                "twice, and the second time with other contents than are registered",
                Assert.IsAssignableFrom<StoreException>(exception).Message,
                StringComparison.Ordinal);
        }

        Assert.Equal([Path], store.QueryAllValidPaths());
    }

    [Fact]
    public void One_importer_takes_narios_that_say_different_things()
    {
        using LocalStore store = _place.Open();
        NarioImporter importer = new(store, new ImportOptions { CheckSignatures = false }, new SilentLog());
        foreach (NarioPathInfo info in (NarioPathInfo[])[Info, Info with { RegistrationTime = 1 }])
        {
            using NarioReader reader = NarioReader.Open(new MemoryStream(Write(2, info)));
            importer.Import(reader, null, CancellationToken.None);
        }

        Assert.Equal([Path], store.QueryAllValidPaths());
    }

    [Fact]
    public void A_weak_content_address_needs_someone_who_vouches_for_it()
    {
        NarioPathInfo info = MakeWeaklyAddressed(out StorePath path);
        byte[] nario = Write(2, info, Mention(path));
        using LocalStore store = _place.Open();

        StoreException exception = Assert.ThrowsAny<StoreException>(
            () => Import(store, nario, new ImportOptions()));
        Assert.Contains("leaves out the positions of its self-references", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_place.ListObjects());

        Import(store, nario);
        Assert.Equal([path], store.QueryAllValidPaths());
    }

    [Fact]
    public void A_weak_content_address_is_vouched_for_by_a_signature()
    {
        NarioPathInfo info = MakeWeaklyAddressed(out StorePath path);
        byte[] nario = Write(2, Sign(info, "k1"), Mention(path));
        using LocalStore store = _place.Open();

        Assert.ThrowsAny<StoreException>(() => Import(store, nario, Trusting(TestKeys.Key2)));
        Assert.Empty(_place.ListObjects());

        Import(store, nario, Trusting(TestKeys.Key1));
        Assert.Equal([path], store.QueryAllValidPaths());
    }

    [Fact]
    public void A_content_address_that_proves_all_needs_nobody_and_leaves_all_in_the_tree()
    {
        ContentAddress address = new(ContentAddressMethod.Nar, TestHash.Sha256(Nar));
        StorePath path = address.ComputePath(StoreDirectory.Default, "path", []);
        using LocalStore store = _place.Open();

        Import(
            store,
            Write(2, Info with { Path = path.BaseName, ContentAddress = address.ToString() }),
            new ImportOptions());

        RecordingSink expected = new();
        SampleTree.Write(expected);
        RecordingSink actual = new();
        store.ReadTree(path, actual);
        Assert.Equal(expected.Lines, actual.Lines);
    }

    [Fact]
    public void Only_a_signature_by_a_trusted_key_lets_a_path_in()
    {
        using LocalStore store = _place.Open();
        foreach ((NarioPathInfo info, string[] signers) in ((NarioPathInfo, string[])[])
            [
                (Info, []),
                (Sign(Info, "k2"), ["nario-test-2"]),
                (Sign(Info, "k1") with { References = [Path.BaseName] }, ["nario-test-1"]),
            ])
        {
            MissingSignatureException exception = Assert.Throws<MissingSignatureException>(
                () => Import(store, Write(2, info), Trusting(TestKeys.Key1)));
            Assert.Equal($"/nix/store/{Path}", exception.Path);
            Assert.Equal(signers, exception.Signers);
            Assert.Equal(["nario-test-1"], exception.TrustedKeys);
            Assert.Equal(2, exception.Version.Number);
            Assert.Empty(_place.ListObjects());
        }

        Import(store, Write(2, Sign(Info, "k1")), Trusting(TestKeys.Key1));

        Assert.Equal(Sign(Info, "k1").Signatures, store.QueryPathInfo(Path)!.Signatures.Select(static item => item.ToString()));
    }

    [Fact]
    public void A_path_that_is_there_gets_signatures_by_trusted_keys_only()
    {
        NarioPathInfo signed = Info with { Signatures = [.. Sign(Info, "k1").Signatures, .. Sign(Info, "k2").Signatures] };
        using LocalStore store = _place.Open();
        Import(store, Write(2, Info));

        Import(store, Write(2, signed), Trusting(TestKeys.Key3));
        Assert.Equal(["NULL"], _place.Query("select sigs from ValidPaths"));

        Import(store, Write(2, signed), Trusting(TestKeys.Key2));
        Assert.Equal(Sign(Info, "k2").Signatures, _place.Query("select sigs from ValidPaths"));
    }

    [Theory]
    [InlineData("cannot be registered")]
    [InlineData("is no derivation")]
    public void A_path_that_is_there_gets_no_signatures_when_one_before_it_fails(string fault)
    {
        byte[] nar = TestNar.Write(SampleTree.WriteMany);
        NarioPathInfo many = Info with { NarHash = TestHash.Sha256(nar).ToBase16(), NarSize = (ulong)nar.Length };
        StorePath broken = TestStorePath.Named(fault == "is no derivation" ? "broken.drv" : "broken");
        byte[] nario = TestNario.Write(
            2,
            (many with { Path = broken.BaseName }, SampleTree.WriteMany),
            (many with { Path = TestStorePath.Named("next").BaseName, References = [broken.BaseName] }, SampleTree.WriteMany),
            (Sign(Info, "k1"), SampleTree.Write));
        using LocalStore store = _place.Open();
        Import(store, Write(2, Info));
        _place.Execute(
            "create trigger refusing before insert on ValidPaths when new.path like '%-broken' begin select raise(abort, 'broken'); end");

        ImportOptions options = new() { CheckSignatures = false, TrustedKeys = TestKeys.Trust(TestKeys.Key1) };
        StoreException exception = Assert.ThrowsAny<StoreException>(() => Import(store, nario, options));

        Assert.Contains("broken", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not valid", exception.Message, StringComparison.Ordinal);
        Assert.Equal([Path], store.QueryAllValidPaths());
        Assert.Equal(["NULL"], _place.Query("select sigs from ValidPaths"));
        Assert.Equal([Path.BaseName], _place.ListObjects());
    }

    [Fact]
    public void A_path_that_is_there_without_a_size_gets_no_signatures()
    {
        using LocalStore store = _place.Open();
        Import(store, Write(2, Info));
        _place.Execute("update ValidPaths set narSize = null");

        Import(store, Write(2, Sign(Info, "k1")), Trusting(TestKeys.Key1));

        Assert.Equal(["NULL"], _place.Query("select sigs from ValidPaths"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void What_is_there_is_kept_from_the_collector(int version, bool isPipe)
    {
        byte[] nario = Write(version, Info);
        using (LocalStore first = _place.Open())
        {
            Import(first, nario);
        }

        using LocalStore store = _place.Open();
        using NarioReader reader = NarioReader.Open(isPipe ? new PipeStream(nario) : new MemoryStream(nario));
        new NarioImporter(store, new ImportOptions { CheckSignatures = false }, new SilentLog())
            .Import(reader, null, CancellationToken.None);

        Assert.EndsWith($"/nix/store/{Path}\0", _place.ReadTempRoots(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_content_address_that_is_proven_needs_nobody_who_vouches_for_it()
    {
        ContentAddress address = new(ContentAddressMethod.Nar, TestHash.Sha256(Nar));
        StorePath path = address.ComputePath(StoreDirectory.Default, "path", []);
        using LocalStore store = _place.Open();

        Import(store, Write(2, Info with { Path = path.BaseName, ContentAddress = address.ToString() }), new ImportOptions());

        Assert.Equal([path], store.QueryAllValidPaths());
    }

    public static TheoryData<int, bool, string> Damages
    {
        get
        {
            TheoryData<int, bool, string> rows = [];
            foreach (int version in (int[])[1, 2])
            {
                foreach (string damage in (string[])["gone", "changed", "a file", "a pipe"])
                {
                    rows.Add(version, false, damage);
                    rows.Add(version, true, damage);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_valid_path_that_is_gone_or_has_changed_is_restored_when_asked_for(int version, bool isPipe, string damage)
    {
        byte[] nario = Write(version, Info);
        using LocalStore store = _place.Open();
        Import(store, nario);
        IReadOnlyList<string> registered = _place.Query("select * from ValidPaths");
        Damage(damage);

        // No signature is asked for: what is restored is what was registered.
        RecordingLog log = Repair(store, nario, isPipe);

        Assert.Equal(
            [$"Detail: path '/nix/store/{Path}' is valid already", $"Information: repairing path '/nix/store/{Path}'..."],
            log.Lines);
        Assert.Equal(Nar, TestNar.Write(sink => store.ReadTree(Path, sink)));
        Assert.Equal([Path.BaseName], _place.ListObjects());
        Assert.Equal(registered, _place.Query("select * from ValidPaths"));

        // What is whole is left alone.
        DateTime time = Directory.GetCreationTimeUtc(_place.RealPath(Path));
        Assert.Single(Repair(store, nario, isPipe).Lines);
        Assert.Equal(time, Directory.GetCreationTimeUtc(_place.RealPath(Path)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void A_path_is_not_repaired_with_other_contents(int version, bool isPipe)
    {
        using LocalStore store = _place.Open();
        Import(store, Write(version, Info));
        Damage("gone");
        byte[] other = TestNar.Write(Mention(Path));
        byte[] nario = Write(
            version,
            Info with { NarHash = TestHash.Sha256(other).ToBase16(), NarSize = (ulong)other.Length },
            Mention(Path));

        StoreException exception = Assert.ThrowsAny<StoreException>(() => Repair(store, nario, isPipe));

        Assert.StartsWith(
            $"cannot repair path '/nix/store/{Path}': the nario has other contents than are registered (offset ",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Equal([], _place.ListObjects());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void That_a_valid_path_is_gone_is_told_by_import_and_export(int version)
    {
        byte[] nario = Write(version, Info);
        using LocalStore store = _place.Open();
        Import(store, nario);
        Damage("gone");
        RecordingLog log = new();
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));

        new NarioImporter(store, new ImportOptions { CheckSignatures = false }, log)
            .Import(reader, null, CancellationToken.None);

        Assert.Contains(
            $"Warning: path '/nix/store/{Path}' is valid, but gone from the disk; import with --repair to restore it", log.Lines);
        StoreException exception =
            Assert.Throws<StoreException>(() => TestNar.Write(sink => store.ReadTree(Path, sink)));
        Assert.Equal(
            $"path '/nix/store/{Path}' is valid, but gone from the disk; 'nario import --repair' restores it from a nario",
            exception.Message);
    }

    private static RecordingLog Repair(LocalStore store, byte[] nario, bool isPipe)
    {
        RecordingLog log = new();
        using NarioReader reader = NarioReader.Open(isPipe ? new PipeStream(nario) : new MemoryStream(nario));
        new NarioImporter(store, new ImportOptions { Repair = true }, log).Import(reader, null, CancellationToken.None);
        return log;
    }

    private void Damage(string kind)
    {
        string place = _place.RealPath(Path);
        using FileDescriptor realStore = FileDescriptor.OpenDirectory(_place.RealStore);
        if (kind == "changed")
        {
            File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.WriteAllText(System.IO.Path.Join(place, "new"), "");
            return;
        }

        TreeRemover.Remove(realStore, Encoding.ASCII.GetBytes(Path.BaseName));
        if (kind == "a file")
        {
            File.WriteAllText(place, "");
        }
        else if (kind == "a pipe")
        {
            Assert.Equal(0, NativeCalls.MakeFifo(place, 0x180));
        }
    }

    /// <summary>Makes a path with a content address that leaves out where the path mentions itself.</summary>
    private static NarioPathInfo MakeWeaklyAddressed(out StorePath path)
    {
        using HashModulo hash = new(HashAlgorithmKind.Sha256, Path, withPositions: false);
        hash.Append(TestNar.Write(Mention(Path)));
        ContentAddress address = new(ContentAddressMethod.Nar, hash.Finish());
        path = address.ComputePath(StoreDirectory.Default, "path", [], hasSelfReference: true);
        byte[] nar = TestNar.Write(Mention(path));
        return new NarioPathInfo
        {
            Path = path.BaseName,
            NarHash = TestHash.Sha256(nar).ToBase16(),
            NarSize = (ulong)nar.Length,
            References = [path.BaseName],
            ContentAddress = address.ToString(),
        };
    }

    private static ImportOptions Trusting(string key) => new() { TrustedKeys = TestKeys.Trust(key) };

    private static NarioPathInfo Sign(NarioPathInfo info, string keyFile)
    {
        using SecretKey key = TestKeys.ReadSecret(keyFile);
        byte[] fingerprint = Fingerprint.Create(StoreDirectory.Default, PathInfoMapping.ToValidPathInfo(info));
        return info with { Signatures = [key.Sign(fingerprint).ToString()] };
    }

    private static Action<INarSink> Mention(StorePath path) =>
        sink => SampleTree.WriteFile(sink, false, Encoding.ASCII.GetBytes($"I am {path.HashPart}"));

    private static byte[] Write(int version, NarioPathInfo info, Action<INarSink>? tell = null) =>
        TestNario.Write(version, (version == 1 ? new NarioPathInfo { Path = info.Path } : info, tell ?? SampleTree.Write));

    private static void Import(LocalStore store, byte[] nario, ImportOptions? options = null)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
        new NarioImporter(store, options ?? new ImportOptions { CheckSignatures = false }, new SilentLog())
            .Import(reader, null, CancellationToken.None);
    }

    private sealed class RecordingLog : IMessageLog
    {
        public List<string> Lines { get; } = [];

        public bool Wants(MessageLevel level) => true;

        public void Write(MessageLevel level, string message) => Lines.Add($"{level}: {message}");
    }

    private sealed class SilentLog : IMessageLog
    {
        public bool Wants(MessageLevel level) => false;

        public void Write(MessageLevel level, string message) => Assert.Fail(message);
    }
}
