using Nario.Store.Local.Locks;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local.Locks;

public sealed class PathLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Deletes_its_file_and_marks_it_for_those_who_wait()
    {
        using FileDescriptor waiting = new();
        using (PathLock pathLock = PathLock.Acquire(_folder.Descriptor, "name"))
        {
            Assert.Equal(["name.lock"], _folder.List());
            waiting.OpenAt(_folder.Descriptor, "name.lock"u8, OpenFlags.ReadWrite);
            Assert.Equal(0x180, waiting.GetStatus().Permissions);
            Assert.False(waiting.TryLock(LockMode.Exclusive));
            Assert.False(waiting.TryLock(LockMode.Shared));
        }

        Assert.True(waiting.TryLock(LockMode.Exclusive));
        byte[] mark = new byte[2];
        Assert.Equal(1, waiting.Read(mark));
        Assert.Equal((byte)'d', mark[0]);
        Assert.Equal([], _folder.List());
    }

    [Fact]
    public void Does_not_take_a_file_that_was_deleted_for_the_lock()
    {
        // The first thread holds the lock; the second opens the same file, and gets it when it has no name any more.
        using FileDescriptor old = new();
        old.OpenAt(_folder.Descriptor, "name.lock"u8, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        old.Lock(LockMode.Exclusive);
        PathLock? taken = null;
        RunningThread thread = RunningThread.Start(() => taken = PathLock.Acquire(_folder.Descriptor, "name"));
        LockFile.Delete(_folder.Descriptor, "name.lock"u8, old);
        old.Dispose();
        thread.Join();

        Assert.Equal(["name.lock"], _folder.List());
        using FileDescriptor probe = new();
        probe.OpenAt(_folder.Descriptor, "name.lock"u8, OpenFlags.ReadWrite);
        Assert.False(probe.TryLock(LockMode.Exclusive));
        taken!.Dispose();
        Assert.Equal([], _folder.List());
    }

    [Fact]
    public void Takes_the_place_of_a_file_that_is_marked_as_deleted_but_is_not()
    {
        File.WriteAllText(_folder.Join("name.lock"), "d");

        using (PathLock.Acquire(_folder.Descriptor, "name"))
        {
            Assert.Null(PathLock.TryAcquire(_folder.Descriptor, "name"));
        }

        Assert.Equal([], _folder.List());
    }

    [RootFact]
    public void Closes_a_marked_file_that_it_may_not_delete()
    {
        File.WriteAllText(_folder.Join("name.lock"), "d");
        using (FileDescriptor file = FileDescriptor.Open(_folder.Join("name.lock"), OpenFlags.ReadOnly))
        {
            Assert.True(file.TrySetOwner(OwnThread.Nobody, OwnThread.Nobody));
        }

        OwnThread.RunAsNobody(() => Assert.Throws<PosixException>(() => PathLock.Acquire(_folder.Descriptor, "name")));

        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries("/proc/self/fd"),
            link => new FileInfo(link).LinkTarget == _folder.Join("name.lock"));
        Assert.Equal(["name.lock"], _folder.List());
    }

    [Fact]
    public void Deletes_nothing_that_has_taken_the_name_of_its_file()
    {
        using (PathLock.Acquire(_folder.Descriptor, "name"))
        {
            File.Move(_folder.Join("name.lock"), _folder.Join("moved"));
            File.WriteAllText(_folder.Join("name.lock"), "something else");
        }

        Assert.Equal("something else", File.ReadAllText(_folder.Join("name.lock")));
    }

    [Fact]
    public void Lets_one_in_at_a_time()
    {
        int inside = 0;
        int total = 0;
        List<RunningThread> threads = [];
        for (int i = 0; i < 8; i++)
        {
            threads.Add(RunningThread.Start(() =>
            {
                for (int j = 0; j < 25; j++)
                {
                    using PathLock pathLock = PathLock.Acquire(_folder.Descriptor, "name");
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    total++;
                    Interlocked.Decrement(ref inside);
                }
            }));
        }

        foreach (RunningThread thread in threads)
        {
            thread.Join();
        }

        Assert.Equal(200, total);
        Assert.Equal([], _folder.List());
    }

    [Fact]
    public void Does_not_follow_a_link_in_the_place_of_its_file()
    {
        File.CreateSymbolicLink(_folder.Join("name.lock"), _folder.Join("elsewhere"));

        Assert.Throws<PosixException>(() => PathLock.Acquire(_folder.Descriptor, "name"));

        Assert.Equal(["name.lock"], _folder.List());
    }
}
