using System.Text;
using Nario.Store.Local.Locks;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local.Locks;

public sealed class TempRootsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TempRootsTests() => Directory.CreateDirectory(_folder.Join("temproots"));

    private static string FileName => $"{Environment.ProcessId}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_paths_in_a_locked_file_of_the_process_that_all_stores_share()
    {
        string file = _folder.Join("temproots", FileName);
        File.WriteAllText(file, "of a dead process with the same number");
        TempRoots first = TempRoots.Open(_folder.Path);
        TempRoots second = TempRoots.Open(_folder.Path + "/.");
        first.Add("/nix/store/a");
        second.Add("/nix/store/b");

        using (FileDescriptor collector = FileDescriptor.Open(file, OpenFlags.ReadWrite))
        {
            Assert.False(collector.TryLock(LockMode.Shared));
            Assert.Equal("/nix/store/a\0/nix/store/b\0", ReadAll(collector));
        }

        first.Dispose();
        Assert.True(File.Exists(file));
        second.Dispose();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Takes_the_collectors_lock_only_while_it_writes()
    {
        using TempRoots roots = TempRoots.Open(_folder.Path);
        roots.Add("/nix/store/a");

        using FileDescriptor collector = FileDescriptor.Open(_folder.Join("gc.lock"), OpenFlags.ReadWrite);
        Assert.True(collector.TryLock(LockMode.Exclusive));
    }

    [Fact]
    public void Waits_for_a_collector_that_runs()
    {
        using FileDescriptor collectorLock =
            FileDescriptor.Open(_folder.Join("gc.lock"), OpenFlags.ReadWrite | OpenFlags.Create, LockFile.Permissions);
        collectorLock.Lock(LockMode.Exclusive);
        using TempRoots roots = TempRoots.Open(_folder.Path);
        bool ended = false;
        bool waited = false;
        RunningThread adding = RunningThread.Start(() =>
        {
            roots.Add("/nix/store/a");
            waited = Volatile.Read(ref ended);
        });

        Volatile.Write(ref ended, true);
        collectorLock.Unlock();
        adding.Join();

        Assert.True(waited);
        Assert.Equal("/nix/store/a\0", ReadRoots());
    }

    private string ReadRoots()
    {
        using FileDescriptor file = FileDescriptor.Open(_folder.Join("temproots", FileName), OpenFlags.ReadOnly);
        return ReadAll(file);
    }

    private static string ReadAll(FileDescriptor file)
    {
        byte[] bytes = new byte[1000];
        return Encoding.UTF8.GetString(bytes, 0, file.Read(bytes));
    }
}
