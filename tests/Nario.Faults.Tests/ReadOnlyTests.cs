using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Imports into stores and databases that cannot be written.</summary>
public sealed class ReadOnlyTests : IDisposable
{
    private const UnixFileMode Closed =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Open = Closed | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Folders => ["nix/store", "nix/var/nix/db", "nix/var/nix/temproots"];

    public static TheoryData<string> Files => ["nix/var/nix/db/db.sqlite", "nix/var/nix/db/big-lock"];

    public void Dispose() => _folder.Dispose();

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "S05")]
    public void S05_refuses_a_disk_that_is_mounted_read_only()
    {
        using SmallDisk disk = new(_folder.Path, "size=64m");
        using FaultStore store = new(disk, _folder.Join("root"));
        ImportHalf(store);
        IReadOnlyList<string> registered = store.ListRegistered();
        IReadOnlyList<string> objects = store.ListObjects();
        disk.Change("ro");

        ProcessEnd.AssertFailure(store.Import(1, InputKind.File), "[^\n]*Read-only file system[^\n]*");
        ProcessEnd.AssertFailure(store.Import(2, InputKind.Pipe), "[^\n]*Read-only file system[^\n]*");

        Assert.Equal(registered, store.ListRegistered());
        Assert.Equal(objects, store.ListObjects());
        disk.Change("rw");
        store.AssertRecovers(2, InputKind.File);
    }

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "S05")]
    public void S05_makes_no_store_on_a_disk_that_is_mounted_read_only()
    {
        using SmallDisk disk = new(_folder.Path, "size=64m");
        using FaultStore store = new(disk, _folder.Join("root"));
        disk.Change("ro");

        ProcessEnd.AssertFailure(store.Import(2, InputKind.File), "[^\n]*Read-only file system[^\n]*");

        disk.Change("rw");
        store.AssertRecovers(2, InputKind.File);
    }

    [RequiresTheory(Needs.Nix | Needs.Root)]
    [Trait("Checklist", "S05")]
    [MemberData(nameof(Folders))]
    public void S05_refuses_a_folder_that_the_user_may_not_write(string folder) => OwnThread.RunAsNobody(() =>
    {
        using FaultStore store = new();
        ImportHalf(store);
        File.SetUnixFileMode(store.Join(folder), Closed);
        try
        {
            ProcessEnd.AssertFailure(
                store.Import(2, InputKind.Pipe),
                "[^\n]*(Permission denied|readonly database|unable to open)[^\n]*");
        }
        finally
        {
            File.SetUnixFileMode(store.Join(folder), Open);
        }

        store.AssertRecovers(2, InputKind.File);
    });

    [RequiresTheory(Needs.Nix | Needs.Root)]
    [Trait("Checklist", "S04")]
    [MemberData(nameof(Files))]
    public void S04_refuses_a_database_that_the_user_may_not_write(string file) => OwnThread.RunAsNobody(() =>
    {
        using FaultStore store = new();
        ImportHalf(store);
        IReadOnlyList<string> registered = store.ListRegistered();
        UnixFileMode mode = File.GetUnixFileMode(store.Join(file));
        File.SetUnixFileMode(store.Join(file), UnixFileMode.UserRead);

        ProcessEnd.AssertFailure(
            store.Import(2, InputKind.File), "[^\n]*(Permission denied|readonly database)[^\n]*");

        Assert.Equal(registered, store.ListRegistered());
        Assert.Equal(registered.Select(static path => Path.GetFileName(path)), store.ListObjects());
        File.SetUnixFileMode(store.Join(file), mode);
        store.AssertRecovers(2, InputKind.File);
    });

    /// <summary>Imports until the input ends early.</summary>
    private static void ImportHalf(FaultStore store)
    {
        byte[] nario = FaultClosure.Read(2);
        ProgramResult result = store.ImportFrom(nario.AsSpan(0, nario.Length / 2).ToArray());
        ProcessEnd.AssertFailure(result, "[^\n]*unexpected end-of-file[^\n]*");
        Assert.NotEmpty(store.ListRegistered());
    }
}
