using Nario.Store.Configuration;
using Nario.Store.Local;
using Nario.Store.Local.Locks;
using Nario.Store.Paths;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>Which stores can be opened, and for what.</summary>
public sealed class StoreLayoutTests : IDisposable
{
    private static readonly StorePath First = TestStorePath.Named("first");

    private readonly TemporaryStore _place = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _place.Dispose();
        _outside.Dispose();
    }

    [Theory]
    [InlineData("9", "the store has schema 9, but only 10 is supported: let Nix upgrade it first")]
    [InlineData("11", "the store has schema 11, but only 10 is supported: it belongs to a newer Nix")]
    public void S06_Refuses_another_schema(string version, string message)
    {
        _place.Open().Dispose();
        File.WriteAllText(Path.Join(_place.State, "db/schema"), version);
        foreach (StoreAccess access in Enum.GetValues<StoreAccess>())
        {
            Assert.Equal(message, Assert.Throws<StoreException>(() => _place.Open(access)).Message);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ten")]
    [InlineData("99999999999")]
    public void Refuses_a_schema_that_is_no_number(string version)
    {
        _place.Open().Dispose();
        string file = Path.Join(_place.State, "db/schema");
        File.WriteAllText(file, version);

        StoreException exception = Assert.Throws<StoreException>(() => _place.Open());

        Assert.Equal($"'{file}' is corrupt: it says '{version}'", exception.Message);
    }

    [Fact]
    public void Refuses_a_database_that_is_none()
    {
        _place.Open().Dispose();
        File.WriteAllText(_place.DatabaseFile, new string('x', 10000));
        foreach (StoreAccess access in Enum.GetValues<StoreAccess>())
        {
            StoreException exception = Assert.Throws<StoreException>(() => _place.Open(access));
            Assert.StartsWith(
                $"cannot use the database '{_place.DatabaseFile}': ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shares_the_lock_of_a_store_that_it_has_made()
    {
        using LocalStore store = _place.Open();
        using FileDescriptor lockFile = OpenLockFile();

        Assert.False(lockFile.TryLock(LockMode.Exclusive));
        Assert.True(lockFile.TryLock(LockMode.Shared));
    }

    [Fact]
    public void Makes_no_store_beside_another_process_that_may_be_making_it()
    {
        Directory.CreateDirectory(Path.Join(_place.State, "db"));
        using FileDescriptor lockFile = OpenLockFile();
        lockFile.Lock(LockMode.Shared);
        LocalStore? store = null;
        RunningThread thread = RunningThread.Start(() => store = _place.Open());

        Thread.Sleep(200);
        Assert.False(File.Exists(_place.DatabaseFile));
        lockFile.Unlock();
        thread.Join();

        Assert.True(File.Exists(_place.DatabaseFile));
        store!.Dispose();
    }

    [Fact]
    public void S07_Refuses_a_store_directory_below_a_symbolic_link_unless_allowed()
    {
        File.CreateSymbolicLink(_place.Root, _outside.Path);

        StoreException exception = Assert.Throws<StoreException>(() => _place.Open());

        Assert.Contains($"the path '{_place.Root}' is a symbolic link", exception.Message, StringComparison.Ordinal);
        Assert.Equal([], _outside.List());
        NixConfiguration allowing = NixConfiguration.Default with { AllowSymlinkedStore = true };
        using LocalStore store = LocalStore.Open(_place.Location, allowing, StoreAccess.ReadAndWrite);
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nix")]
    [InlineData("/nix/store")]
    public void Refuses_a_store_in_a_file(string place)
    {
        string file = _place.Root + place;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "text");

        StoreException exception = Assert.Throws<StoreException>(() => _place.Open());

        Assert.Equal($"there can be no store in '{file}': it is not a folder", exception.Message);
        Assert.Equal("text", File.ReadAllText(file));
    }

    [Fact]
    public void Opens_to_read_only_what_exists_and_changes_nothing()
    {
        StoreException exception = Assert.Throws<StoreException>(() => _place.Open(StoreAccess.Read));
        Assert.Equal($"there is no store with the state directory '{_place.State}'", exception.Message);
        Assert.False(Directory.Exists(_place.Root));
        using (LocalStore store = _place.Open())
        {
            TemporaryStore.Add(store, TemporaryStore.MakeInfo(First));
        }

        IReadOnlyList<string> before = TemporaryFolder.ListBelow(_place.State);

        using (LocalStore store = _place.Open(StoreAccess.Read))
        {
            Assert.True(store.IsValidPath(First));
            store.ReadTree(First, new RecordingSink());
            Assert.Throws<InvalidOperationException>(store.BeginAddition);
            Assert.Throws<InvalidOperationException>(() => store.AddSignatures(First, []));
            Assert.Throws<InvalidOperationException>(() => store.Protect(First));
        }

        Assert.Equal(before, TemporaryFolder.ListBelow(_place.State));
    }

    [RootFact]
    public void S05_Reads_a_store_of_another_user()
    {
        using (LocalStore owner = _place.Open())
        {
            TemporaryStore.Add(owner, TemporaryStore.MakeInfo(First));
        }

        OwnThread.RunAsNobody(() =>
        {
            using LocalStore reader = _place.Open(StoreAccess.Read);
            Assert.Equal([First], reader.QueryAllValidPaths());
            RecordingSink sink = new();
            reader.ReadTree(First, sink);
            Assert.NotEmpty(sink.Lines);
            Assert.Throws<PosixException>(() => _place.Open());
        });
    }

    [Fact]
    public void Uses_a_database_without_a_write_ahead_log_when_told()
    {
        NixConfiguration configuration = NixConfiguration.Default with { UseSqliteWriteAheadLog = false };
        using LocalStore store = LocalStore.Open(_place.Location, configuration, StoreAccess.ReadAndWrite);

        TemporaryStore.Add(store, TemporaryStore.MakeInfo(First));

        // Byte 18 of the header: 1 for a journal that is rolled back, 2 for a write-ahead log.
        store.Dispose();
        Assert.Equal(1, File.ReadAllBytes(_place.DatabaseFile)[18]);
    }

    private FileDescriptor OpenLockFile() => FileDescriptor.Open(
        Path.Join(_place.State, "db", "big-lock"), OpenFlags.ReadWrite | OpenFlags.Create, LockFile.Permissions);
}
