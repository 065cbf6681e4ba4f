using System.Text;
using Nario.Codec;
using Nario.Store.Derivations;
using Nario.Store.Hashes;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Posix;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests.Local;

public sealed class LocalStoreTests : IDisposable
{
    private static readonly StorePath First = TestStorePath.Named("first");

    private static readonly StorePath Second = TestStorePath.Named("second");

    private readonly TemporaryStore _place = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _place.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void Gives_back_what_was_added()
    {
        ValidPathInfo info = TemporaryStore.MakeInfo(First, First) with
        {
            RegistrationTime = 1234567890,
            Deriver = TestStorePath.Named("first.drv"),
            Ultimate = true,
            Signatures = [MakeSignature("b", 1), MakeSignature("a", 2)],
        };
        using LocalStore store = _place.Open();
        Assert.False(store.IsValidPath(First));
        Assert.Null(store.QueryPathInfo(First));

        Assert.True(TemporaryStore.Add(store, info));

        Assert.True(store.IsValidPath(First));
        Assert.Equal(info, store.QueryPathInfo(First));
        RecordingSink expected = new();
        SampleTree.Write(expected);
        RecordingSink actual = new();
        store.ReadTree(First, actual);
        Assert.Equal(expected.Lines, actual.Lines);
        Assert.Equal([First.BaseName], _place.ListObjects());
        store.Dispose();
        using LocalStore again = _place.Open();
        Assert.Equal(info, again.QueryPathInfo(First));
    }

    [Fact]
    public void Keeps_a_content_address_that_fits_and_refuses_others()
    {
        ContentAddress address = new(ContentAddressMethod.Nar, TestHash.Sha256([9]));
        StorePath path = address.ComputePath(StoreDirectory.Default, "source", []);
        using LocalStore store = _place.Open();
        ValidPathInfo info = TemporaryStore.MakeInfo(path) with { ContentAddress = address, RegistrationTime = 1 };

        Assert.True(TemporaryStore.Add(store, info));
        Assert.Equal(info, store.QueryPathInfo(path));
        StoreException exception = Assert.Throws<StoreException>(
            () => TemporaryStore.Add(store, TemporaryStore.MakeInfo(First) with { ContentAddress = address }));

        Assert.Equal(
            $"cannot add path '/nix/store/{First}' to the Nix store because it claims to be content-addressed but isn't",
            exception.Message);
        Assert.Equal([path.BaseName], _place.ListObjects());
    }

    [Fact]
    public void Registers_an_unknown_time_as_now()
    {
        using LocalStore store = _place.Open();
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        TemporaryStore.Add(store, TemporaryStore.MakeInfo(First));

        Assert.InRange(store.QueryPathInfo(First)!.RegistrationTime, before, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Fact]
    public void Knows_at_once_of_what_waits_to_be_registered()
    {
        Signature signature = MakeSignature("key", 1);
        using LocalStore store = _place.Open();

        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(First)));
        Assert.Equal([First], store.QueryAllValidPaths());
        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(Second)));
        store.AddSignatures(Second, [signature]);

        Assert.Equal([signature], store.QueryPathInfo(Second)!.Signatures);
    }

    [Fact]
    public void Drops_a_path_that_is_valid_already()
    {
        using LocalStore store = _place.Open();
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First), Link("old")));

        Assert.False(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First), Link("new")));

        Assert.Equal("old", new FileInfo(_place.RealPath(First)).LinkTarget);
        Assert.Equal([First.BaseName], _place.ListObjects());
    }

    [Fact]
    public void An_addition_ends_once()
    {
        using LocalStore store = _place.Open();
        using (IPathAddition addition = store.BeginAddition())
        {
            SampleTree.Write(addition.Sink);
            Assert.True(addition.Commit(TemporaryStore.MakeInfo(First)));
            Assert.Throws<InvalidOperationException>(() => addition.Commit(TemporaryStore.MakeInfo(Second)));
            addition.Dispose();
        }

        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(Second)));
        Assert.Equal([First, Second], store.QueryAllValidPaths().OrderDescending());
    }

    [Fact]
    public void Closes_every_file_that_it_opens()
    {
        StorePath replaced = TestStorePath.Named("replaced");
        LocalStore store = _place.Open();
        using (store)
        {
            // What is kept for the next addition is open from now on.
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
            IReadOnlyList<string> before = ListOpenFiles();

            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(Second)));
            Assert.False(TemporaryStore.Add(store, TemporaryStore.MakeInfo(Second)));
            Directory.CreateDirectory(Path.Join(_place.RealPath(replaced), "deep", "deeper"));
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(replaced)));
            Assert.Throws<StoreException>(() => TemporaryStore.Add(
                store, TemporaryStore.MakeInfo(TestStorePath.Named("bad"), TestStorePath.Named("missing"))));
            using (IPathAddition dropped = store.BeginAddition())
            {
                SampleTree.Write(dropped.Sink);
            }

            Assert.Equal(before, ListOpenFiles());

            // One that stops within a file takes what it works with along.
            using (IPathAddition broken = store.BeginAddition())
            {
                broken.Sink.BeginDirectory();
                broken.Sink.BeginEntry("folder"u8);
                broken.Sink.BeginDirectory();
                broken.Sink.BeginEntry("file"u8);
                broken.Sink.BeginFile(false, 10);
                broken.Sink.WriteContents("half"u8);
            }

            Assert.Equal(before, ListOpenFiles());
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(TestStorePath.Named("last"))));
            Assert.Equal(before, ListOpenFiles());
        }

        Assert.Equal([], ListOpenFiles(withDatabase: true));
    }

    [Fact]
    public void Closes_what_it_has_opened_when_it_cannot_tell_what_killed_imports_left()
    {
        _place.Open().Dispose();
        File.WriteAllText(_place.RealPath(First) + ".lock", "");
        _place.Execute("alter table ValidPaths rename to Others");

        Assert.Throws<StoreException>(() => _place.Open());

        Assert.Equal([], ListOpenFiles(withDatabase: true));
    }

    [Fact]
    public void Begins_nothing_in_a_store_directory_that_is_gone()
    {
        using LocalStore store = _place.Open();
        Directory.Delete(_place.RealStore, recursive: true);

        PosixException exception = Assert.Throws<PosixException>(store.BeginAddition);

        Assert.EndsWith(": No such file or directory", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ListOpenFiles(), static file => file.Contains("staging", StringComparison.Ordinal));
    }

    [Fact]
    public void Drops_a_path_that_is_not_committed()
    {
        using LocalStore store = _place.Open();
        using (IPathAddition addition = store.BeginAddition())
        {
            SampleTree.Write(addition.Sink);
            Assert.Single(_place.ListObjects());
        }

        using (IPathAddition addition = store.BeginAddition())
        {
            addition.Sink.BeginDirectory();
            addition.Sink.BeginEntry("file"u8);
            addition.Sink.BeginFile(false, 10);
            addition.Sink.WriteContents("half"u8);
            Assert.Throws<InvalidOperationException>(() => addition.Commit(TemporaryStore.MakeInfo(First)));
        }

        Assert.Equal([], _place.ListObjects());
        Assert.False(store.IsValidPath(First));
    }

    [Fact]
    public void Keeps_what_comes_before_a_path_that_cannot_be_registered_and_drops_what_comes_after()
    {
        StorePath good = TestStorePath.Named("good");
        StorePath bad = TestStorePath.Named("bad");
        StorePath late = TestStorePath.Named("late");
        StorePath missing = TestStorePath.Named("missing");
        using LocalStore store = _place.Open();
        StoreException exception = Assert.Throws<StoreException>(() =>
        {
            Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(good)));
            Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(bad, missing)));
            Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(late, good)));
            store.Flush();
        });

        store.Flush();
        Assert.Equal($"path '/nix/store/{missing}' is not valid", exception.Message);
        Assert.Equal([good], store.QueryAllValidPaths());
        Assert.Equal([good.BaseName], _place.ListObjects());
    }

    [Fact]
    public void Leaves_nothing_of_a_path_whose_reference_is_not_valid()
    {
        using LocalStore store = _place.Open();

        StoreException exception = Assert.Throws<StoreException>(
            () => TemporaryStore.Add(store, TemporaryStore.MakeInfo(First, First, Second)));

        Assert.Equal($"path '/nix/store/{Second}' is not valid", exception.Message);
        Assert.Equal([], _place.ListObjects());
        Assert.False(store.IsValidPath(First));
        Assert.Equal([], _place.Query("select * from Refs"));
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(Second)));
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First, First, Second)));
        Assert.Equal(2, store.QueryPathInfo(First)!.References.Count);
    }

    [Theory]
    [InlineData("hash", "'sha256:00'", "hash '00' has wrong length for hash algorithm 'sha256'")]
    [InlineData("deriver", "'/tmp/x'", "path '/tmp/x' is not in the Nix store")]
    [InlineData("ca", "'fixed:sha999:0'", "unknown hash algorithm 'sha999'")]
    public void Says_which_row_of_the_database_is_wrong(string column, string value, string reason)
    {
        using LocalStore store = _place.Open();
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
        _place.Execute($"update ValidPaths set {column} = {value}");

        StoreException exception = Assert.Throws<StoreException>(() => store.QueryPathInfo(First));

        Assert.StartsWith(
            $"the database has an invalid row for path '/nix/store/{First}': {reason}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_over_signatures_that_older_versions_of_Nix_let_in()
    {
        Signature good = MakeSignature("key", 1);
        using LocalStore store = _place.Open();
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
        _place.Execute($"update ValidPaths set sigs = 'nonsense {good}  other:AAAA key:'");

        ValidPathInfo info = store.QueryPathInfo(First)!;
        Assert.Equal([good, Signature.Parse("other:AAAA")], info.Signatures);
        Assert.Equal(2, info.MalformedSignatureCount);

        // They stay where they are.
        store.AddSignatures(First, [Signature.Parse("a:AAAA")]);
        Assert.Equal([$"a:AAAA {good} other:AAAA nonsense key:"], _place.Query("select sigs from ValidPaths"));
    }

    [Fact]
    public void A_time_to_come_is_not_taken()
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using LocalStore store = _place.Open();
        foreach ((StorePath path, long said, bool isTaken) in ((StorePath, long, bool)[])
            [(First, now + 3_600, true), (Second, now + (3 * 24 * 3_600), false), (TestStorePath.Named("third"), long.MaxValue, false)])
        {
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(path) with { RegistrationTime = said }));
            long time = store.QueryPathInfo(path)!.RegistrationTime;
            Assert.Equal(isTaken, time == said);
            Assert.True(isTaken || time - now is >= 0 and < 3_600);
        }
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("file")]
    public void R01_Replaces_what_is_in_the_place_of_a_path_without_being_valid(string kind)
    {
        using LocalStore store = _place.Open();
        File.WriteAllText(_outside.Join("kept"), "kept");
        string place = _place.RealPath(First);
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(place, _outside.Path);
                break;
            case "folder":
                Directory.CreateDirectory(place);
                File.CreateSymbolicLink(Path.Join(place, "bin"), _outside.Path);
                File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
            default:
                File.WriteAllText(place, "old");
                break;
        }

        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));

        RecordingSink expected = new();
        SampleTree.Write(expected);
        RecordingSink actual = new();
        store.ReadTree(First, actual);
        Assert.Equal(expected.Lines, actual.Lines);
        Assert.Equal(["kept"], _outside.List());
        Assert.Equal([First.BaseName], _place.ListObjects());
    }

    [Fact]
    public void Gives_the_references_of_a_valid_path_in_order()
    {
        StorePath[] others = [.. Enumerable.Range(0, 5).Select(number => TestStorePath.Named($"other-{number}"))];
        using LocalStore store = _place.Open();
        foreach (StorePath other in others.Reverse())
        {
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(other)));
        }

        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(First, [First, .. others])));

        StorePath[] expected = [.. others.Append(First).Order()];
        Assert.Equal(expected, store.QueryReferences(First));
        store.Flush();
        Assert.Equal(expected, store.QueryReferences(First));
        Assert.Equal(expected, store.QueryPathInfo(First)!.References);
        Assert.Equal([], store.QueryReferences(others[0]));
        Assert.Null(store.QueryReferences(Second));
    }

    [Fact]
    public void Lists_all_paths_in_order_however_many()
    {
        using LocalStore store = _place.Open();
        Assert.Equal([], store.QueryAllValidPaths());
        List<StorePath> paths = [];
        for (int i = 0; i < 2100; i++)
        {
            StorePath path = TestStorePath.Named($"path-{i}");
            TemporaryStore.Register(store, TemporaryStore.MakeInfo(path));
            paths.Add(path);
        }

        paths.Sort();

        Assert.Equal(paths, store.QueryAllValidPaths());
    }

    [Fact]
    public void Adds_signatures_to_those_that_are_there()
    {
        using LocalStore store = _place.Open();
        TemporaryStore.Add(store, TemporaryStore.MakeInfo(First) with { Signatures = [MakeSignature("b", 1)] });

        store.AddSignatures(First, [MakeSignature("a", 1), MakeSignature("b", 1), MakeSignature("b", 2)]);
        store.AddSignatures(First, []);

        Assert.Equal(
            ((Signature[])[MakeSignature("a", 1), MakeSignature("b", 1), MakeSignature("b", 2)]).Order(),
            store.QueryPathInfo(First)!.Signatures);
        StoreException exception =
            Assert.Throws<StoreException>(() => store.AddSignatures(Second, [MakeSignature("a", 1)]));
        Assert.Equal($"path '/nix/store/{Second}' is not valid", exception.Message);
    }

    [Fact]
    public void Registers_the_outputs_of_a_derivation()
    {
        StorePath derivation = TestStorePath.Named("thing.drv");
        static byte[] Text(string dev, string result) => Encoding.UTF8.GetBytes(
            $"""Derive([("dev","{dev}","",""),("out","{result}","","")],[],[],"any","sh",[],[("dev","{dev}"),("out","{result}")])""");
        NixHash hash = TestHash.Sha256(Text("", ""));
        string dev = $"/nix/store/{StoreDirectory.Default.MakePath("output:dev", hash, "thing-dev")}";
        string result = $"/nix/store/{StoreDirectory.Default.MakePath("output:out", hash, "thing")}";
        using LocalStore store = _place.Open();

        TemporaryStore.Add(store, TemporaryStore.MakeInfo(derivation), sink => SampleTree.WriteFile(sink, false, Text(dev, result)));

        Assert.Equal(
            [$"dev|{dev}|/nix/store/{derivation}", $"out|{result}|/nix/store/{derivation}"],
            _place.Query("select o.id, o.path, p.path from DerivationOutputs o join ValidPaths p on p.id = drv order by 1"));
    }

    [Fact]
    public void Checks_a_derivation_by_those_that_it_builds_from_and_that_are_valid()
    {
        (StorePath Path, byte[] Text)[] derivations =
        [
            .. GoldenNario.ReadNars("10-closure-drv")
                .Where(static entry => entry.Info.Path.IsDerivation)
                .Select(static entry => (entry.Info.Path, GoldenNario.ReadSingleFile(entry.Nar))),
        ];
        (StorePath Path, byte[] Text) app = derivations.Single(static entry => entry.Path.Name == "app-5.0.0.drv");
        using LocalStore store = _place.Open();
        foreach ((StorePath path, byte[] text) in derivations)
        {
            File.WriteAllBytes(_place.RealPath(path), text);
        }

        StoreException exception = Assert.ThrowsAny<StoreException>(() => AddFile(app));
        Assert.EndsWith(", which it builds from, is not valid", exception.Message, StringComparison.Ordinal);
        foreach ((StorePath Path, byte[] Text) input in derivations.Where(entry => entry != app))
        {
            TemporaryStore.Register(store, TemporaryStore.MakeInfo(input.Path));
        }

        Assert.True(AddFile(app));

        bool AddFile((StorePath Path, byte[] Text) file) => TemporaryStore.Add(
            store, TemporaryStore.MakeInfo(file.Path), sink => SampleTree.WriteFile(sink, false, file.Text));
    }

    [Fact]
    public void Tells_of_a_path_that_could_not_be_registered_when_it_is_closed()
    {
        StorePath missing = TestStorePath.Named("missing");
        LocalStore store = _place.Open();
        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(First, missing)));

        StoreException exception = Assert.Throws<StoreException>(store.Dispose);

        Assert.Equal($"path '/nix/store/{missing}' is not valid", exception.Message);
        Assert.Equal([], _place.ListObjects());
    }

    [Fact]
    public void Tells_of_a_path_that_could_not_be_registered_when_the_next_one_comes()
    {
        StorePath missing = TestStorePath.Named("missing");
        using LocalStore store = _place.Open();
        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(First, missing)));
        Assert.True(SpinWait.SpinUntil(() => store.Registrations.Find(First) is null, TimeSpan.FromMinutes(1)));

        StoreException exception = Assert.Throws<StoreException>(() => TemporaryStore.Commit(store, TemporaryStore.MakeInfo(Second)));

        Assert.Equal($"path '/nix/store/{missing}' is not valid", exception.Message);
        Assert.Equal(exception.Message, Assert.Throws<StoreException>(store.Flush).Message);
        store.Flush();
        Assert.Equal([], _place.ListObjects());
        Assert.Equal([], store.QueryAllValidPaths());
    }

    [Fact]
    public void Deletes_nothing_when_it_only_reads()
    {
        using (LocalStore store = _place.Open())
        {
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
        }

        string left = _place.RealPath(First) + ".lock";
        File.WriteAllText(left, "");

        _place.Open(StoreAccess.Read).Dispose();
        Assert.True(File.Exists(left));
        _place.Open().Dispose();
        Assert.False(File.Exists(left));
    }

    /// <summary>Not every name that is five characters longer than a path's is that of its lock.</summary>
    [Fact]
    public void Adds_a_path_whose_name_is_longer_than_that_of_another()
    {
        StorePath longer = StorePath.Parse(First.BaseName + "-more");
        using LocalStore store = _place.Open();

        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(longer)));
    }

    [Fact]
    public void Restores_a_link_with_the_longest_target()
    {
        string target = new('t', 4095);
        using LocalStore store = _place.Open();

        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First), Link(target)));

        Assert.Equal(target, new FileInfo(_place.RealPath(First)).LinkTarget);
    }

    [Fact]
    public void Drops_what_it_cannot_register_because_the_database_cannot_be_opened_once_more()
    {
        using LocalStore store = _place.Open();
        string aside = _place.DatabaseFile + ".aside";
        File.Move(_place.DatabaseFile, aside);

        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(First)));
        StoreException exception = Assert.Throws<StoreException>(store.Flush);

        Assert.StartsWith(
            $"cannot use the database '{_place.DatabaseFile}': ", exception.Message, StringComparison.Ordinal);
        Assert.Equal([], _place.ListObjects());
        File.Move(aside, _place.DatabaseFile);
        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(First)));
        store.Flush();
        Assert.True(store.IsValidPath(First));
    }

    [Fact]
    public void Refuses_a_derivation_that_is_too_long()
    {
        StorePath derivation = TestStorePath.Named("thing.drv");
        using LocalStore store = _place.Open();
        foreach ((int length, string reason) in ((int, string)[])
            [
                (Derivation.MaxByteLength, "expected"),
                (Derivation.MaxByteLength + 1, "it is longer than 16777216 bytes"),
            ])
        {
            DerivationException exception = Assert.Throws<DerivationException>(() => TemporaryStore.Add(
                store, TemporaryStore.MakeInfo(derivation), sink => SampleTree.WriteFile(sink, false, new byte[length])));
            Assert.StartsWith(
                $"error parsing derivation '/nix/store/{derivation}': error: {reason}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_a_derivation_that_is_none()
    {
        StorePath derivation = TestStorePath.Named("thing.drv");
        using LocalStore store = _place.Open();
        foreach (Action<INarSink> write in (Action<INarSink>[])
            [SampleTree.Write, Link("/etc/passwd"), static sink => SampleTree.WriteFile(sink, false, "x"u8)])
        {
            DerivationException exception = Assert.Throws<DerivationException>(
                () => TemporaryStore.Add(store, TemporaryStore.MakeInfo(derivation), write));

            Assert.StartsWith(
                $"error parsing derivation '/nix/store/{derivation}': error: ", exception.Message, StringComparison.Ordinal);
            Assert.Equal([], _place.ListObjects());
        }
    }

    /// <summary>Lists what this process has open of the store; the database opens and closes files as it likes.</summary>
    private IReadOnlyList<string> ListOpenFiles(bool withDatabase = false) =>
    [
        .. Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(static link => new FileInfo(link).LinkTarget ?? "")
            .Where(target => target.StartsWith(_place.Root, StringComparison.Ordinal)
                && (withDatabase || !target.Contains("/db/", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    private static Action<INarSink> Link(string target) => sink => sink.WriteSymlink(Encoding.UTF8.GetBytes(target));

    private static Signature MakeSignature(string key, byte value) =>
        Signature.Parse($"{key}:{Convert.ToBase64String(Enumerable.Repeat(value, 64).ToArray())}");
}
