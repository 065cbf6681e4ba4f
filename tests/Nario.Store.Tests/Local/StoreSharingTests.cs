using Nario.Codec;
using Nario.Store.Local;
using Nario.Store.Local.Locks;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>What a store does beside others: locks, what killed imports have left, the collector.</summary>
public sealed class StoreSharingTests : IDisposable
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
    public void Keeps_what_it_protects_or_adds_from_the_collector_until_it_is_closed()
    {
        string file = Path.Join(_place.State, "temproots", $"{Environment.ProcessId}");
        using (LocalStore store = _place.Open())
        {
            store.Protect(First);
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(Second)));

            string[] roots = [.. _place.ReadTempRoots().Split('\0').Where(static root => !IsStaging(root))];
            Assert.Equal([$"/nix/store/{First}", $"/nix/store/{Second}", ""], roots);
        }

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_store_that_is_closed_twice_gives_up_nothing_that_another_one_protects()
    {
        using LocalStore store = _place.Open();
        store.Protect(First);
        LocalStore other = _place.Open();
        other.Protect(Second);

        other.Dispose();
        other.Dispose();

        Assert.Equal($"/nix/store/{First}\0/nix/store/{Second}\0", _place.ReadTempRoots());
    }

    /// <summary>Its input may stall, and the collector of the whole machine must not wait for that.</summary>
    [Fact]
    public void S02_Lets_the_collector_run_while_something_is_added_and_has_it_spare_the_tree()
    {
        using LocalStore store = _place.Open();
        using (IPathAddition addition = store.BeginAddition())
        {
            addition.Sink.BeginDirectory();
            string staging = Assert.Single(_place.ListObjects());

            Assert.True(TryCollect());
            Assert.True(StorePath.TryParse(staging, out _));
            Assert.Equal($"/nix/store/{staging}\0", _place.ReadTempRoots());

            addition.Sink.EndDirectory();
            Assert.True(addition.Commit(TemporaryStore.MakeInfo(First)));
        }

        Assert.True(TryCollect());
    }

    [Fact]
    public void S02_Makes_no_tree_before_a_collector_has_ended_that_does_not_know_of_it()
    {
        using LocalStore store = _place.Open();
        using FileDescriptor collectorLock = CollectorLock.Open(_place.State);
        collectorLock.Lock(LockMode.Exclusive);
        RunningThread adding =
            RunningThread.Start(() => Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First))));
        while (!File.Exists(Path.Join(_place.State, "temproots", $"{Environment.ProcessId}")))
        {
            Thread.Yield();
        }

        Thread.Sleep(50);
        Assert.Equal([], _place.ListObjects());
        collectorLock.Unlock();
        adding.Join();

        Assert.Equal([First.BaseName], _place.ListObjects());
    }

    [Fact]
    public void S03_Deletes_what_killed_imports_left_and_nothing_that_is_in_use()
    {
        _place.Open().Dispose();
        string killed = _place.RealPath(StagingDirectory.MakePath());
        Directory.CreateDirectory(Path.Join(killed, "folder"));
        File.CreateSymbolicLink(Path.Join(killed, "folder", "link"), _outside.Path);
        File.SetUnixFileMode(Path.Join(killed, "folder"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        StorePath file = StagingDirectory.MakePath();
        File.WriteAllText(_place.RealPath(file), "");
        StorePath link = StagingDirectory.MakePath();
        File.CreateSymbolicLink(_place.RealPath(link), _outside.Path);
        Directory.CreateDirectory(Path.Join(_place.RealStore, "tmp-other"));
        using FileDescriptor realStore = FileDescriptor.OpenDirectory(_place.RealStore);

        // Somebody works in one, somebody adds an object of such a name, and one of them is valid.
        StorePath living = StagingDirectory.MakePath();
        using StagingDirectory staging = StagingDirectory.Create(realStore, living);
        StorePath underway = StagingDirectory.MakePath();
        Directory.CreateDirectory(_place.RealPath(underway));
        using PathLock pathLock = PathLock.Acquire(realStore, underway.BaseName);
        StorePath valid = StagingDirectory.MakePath();
        using (LocalStore store = _place.Open())
        {
            Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(valid)));
        }

        _place.Open().Dispose();

        Assert.Equal(
            ((string[])
            [
                living.BaseName, file.BaseName, link.BaseName, "tmp-other", underway.BaseName,
                $"{underway.BaseName}.lock", valid.BaseName,
            ]).Order(StringComparer.Ordinal),
            _place.ListObjects());
    }

    [Fact(Skip = "Open: a staging folder can be deleted by another import before it is locked; fails at times.")]
    public void S03_Works_in_a_folder_that_is_there_while_other_imports_delete_what_was_left()
    {
        _place.Open().Dispose();
        using FileDescriptor realStore = FileDescriptor.OpenDirectory(_place.RealStore);
        StorePath path = StagingDirectory.MakePath();
        bool isEnding = false;
        RunningThread deleting = RunningThread.Start(() =>
        {
            while (!Volatile.Read(ref isEnding))
            {
                StagingDirectory.TryRemoveLeftOver(realStore, path, static _ => false);
            }
        });
        try
        {
            for (int i = 0; i < 300; i++)
            {
                using StagingDirectory staging = StagingDirectory.Create(realStore, path);
                staging.Directory.MakeDirectory("entry"u8, CanonicalMetadata.UnfinishedDirectoryPermissions);
            }
        }
        finally
        {
            Volatile.Write(ref isEnding, true);
            deleting.Join();
        }

        Assert.Equal([], _place.ListObjects());
    }

    [Fact]
    public void Deletes_locks_that_nobody_holds_of_paths_that_are_registered_already()
    {
        StorePath named = TestStorePath.Named("thing.lock");
        StorePath held = TestStorePath.Named("held");
        using (LocalStore store = _place.Open())
        {
            foreach (StorePath path in (StorePath[])[First, named, held])
            {
                Assert.True(TemporaryStore.Add(
                    store, TemporaryStore.MakeInfo(path), static sink => SampleTree.WriteFile(sink, false, [])));
            }
        }

        File.WriteAllText(_place.RealPath(First) + ".lock", "");
        string unregistered = TestStorePath.Named("unregistered").BaseName;
        File.WriteAllText(Path.Join(_place.RealStore, unregistered + ".lock"), "");
        using FileDescriptor realStore = FileDescriptor.OpenDirectory(_place.RealStore);
        using PathLock living = PathLock.Acquire(realStore, held.BaseName);

        _place.Open().Dispose();

        Assert.Equal(
            ((string[])
            [
                First.BaseName, named.BaseName, held.BaseName, $"{held.BaseName}.lock", $"{unregistered}.lock",
            ]).Order(StringComparer.Ordinal),
            _place.ListObjects());
    }

    /// <summary>Nix lets both in; then the file is a path, empty and not locked as it is.</summary>
    [Fact]
    public void Leaves_a_registered_path_that_has_the_name_of_the_lock_of_another()
    {
        StorePath named = StorePath.Parse(First.BaseName + ".lock");
        using (LocalStore store = _place.Open())
        {
            TemporaryStore.Register(store, TemporaryStore.MakeInfo(First));
            TemporaryStore.Register(store, TemporaryStore.MakeInfo(named));
        }

        File.WriteAllText(_place.RealPath(named), "");

        _place.Open().Dispose();

        Assert.Equal([named.BaseName], _place.ListObjects());
    }

    [Theory]
    [InlineData("", ".lock")]
    [InlineData(".lock", "")]
    public void Refuses_a_path_beside_one_that_has_the_name_of_a_lock(string first, string second)
    {
        StorePath one = StorePath.Parse(First.BaseName + first);
        StorePath other = StorePath.Parse(First.BaseName + second);
        using LocalStore store = _place.Open();
        static void WriteFile(INarSink sink) => SampleTree.WriteFile(sink, false, "d"u8);
        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(one), WriteFile));

        StoreException exception = Assert.Throws<StoreException>(
            () => TemporaryStore.Add(store, TemporaryStore.MakeInfo(other), WriteFile));

        Assert.Equal(
            $"cannot add path '/nix/store/{other}' beside path '/nix/store/{one}': one has the name of the other's lock",
            exception.Message);
        Assert.Equal([one.BaseName], _place.ListObjects());
    }

    [Fact]
    public void S03_Takes_up_the_lock_file_that_a_killed_import_left()
    {
        using LocalStore store = _place.Open();
        File.WriteAllText(_place.RealPath(First) + ".lock", "");

        Assert.True(TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));

        Assert.Equal([First.BaseName], _place.ListObjects());
    }

    [Fact]
    public void S01_Adds_a_path_once_when_several_stores_add_it_together()
    {
        const int Count = 8;
        int added = 0;
        using Barrier barrier = new(Count);
        List<RunningThread> threads = [];
        for (int i = 0; i < Count; i++)
        {
            threads.Add(RunningThread.Start(() =>
            {
                // The store itself is new to all of them as well.
                barrier.SignalAndWait();
                using LocalStore store = _place.Open();
                using IPathAddition addition = store.BeginAddition();
                SampleTree.Write(addition.Sink);
                if (addition.Commit(TemporaryStore.MakeInfo(First, First)))
                {
                    Interlocked.Increment(ref added);
                }

                Assert.True(store.IsValidPath(First));
            }));
        }

        foreach (RunningThread thread in threads)
        {
            thread.Join();
        }

        Assert.Equal(1, added);
        Assert.Equal([First.BaseName], _place.ListObjects());
        Assert.Equal(["1"], _place.Query("select count(*) from ValidPaths"));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(Path.Join(_place.State, "temproots")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S01_S02_Waits_for_another_process_that_adds_the_same_path(bool isAdded)
    {
        using LocalStore store = _place.Open();
        using FileDescriptor realStore = FileDescriptor.OpenDirectory(_place.RealStore);
        using FileDescriptor collectorLock = CollectorLock.Open(_place.State);
        PathLock pathLock = PathLock.Acquire(realStore, First.BaseName);
        bool? added = null;
        RunningThread adding =
            RunningThread.Start(() => added = TemporaryStore.Add(store, TemporaryStore.MakeInfo(First)));
        while (_place.ListObjects().Count < 2 || !_place.ReadTempRoots().Contains(First.BaseName, StringComparison.Ordinal))
        {
            Thread.Yield();
        }

        // The other process may have to wait for the collector, which must not be kept waiting.
        collectorLock.Lock(LockMode.Exclusive);
        if (isAdded)
        {
            TemporaryStore.Register(store, TemporaryStore.MakeInfo(First));
        }

        collectorLock.Unlock();
        pathLock.Dispose();
        adding.Join();

        Assert.Equal(!isAdded, added);
        Assert.Equal(isAdded ? [] : [First.BaseName], _place.ListObjects());
    }

    private static bool IsStaging(string root) => root.EndsWith("-nario-staging", StringComparison.Ordinal);

    private bool TryCollect()
    {
        using FileDescriptor collectorLock =
            FileDescriptor.Open(Path.Join(_place.State, "gc.lock"), OpenFlags.ReadWrite);
        return collectorLock.TryLock(LockMode.Exclusive);
    }
}
