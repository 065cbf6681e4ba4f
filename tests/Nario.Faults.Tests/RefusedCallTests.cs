using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Works where the kernel, a container or a sandbox does not have every call of the operating system.</summary>
public sealed class RefusedCallTests : IDisposable
{
    private const string ReadOnlyMessage =
        "'[^\n]*/nix/store' is mounted read-only, and this user may not write to it all the same: [^\n]*";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets the calls that can be done without; old sandboxes say EPERM of those that they do not know.</summary>
    public static TheoryData<string, string> Calls
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string call in (string[])
                [
                    "statx", "openat2", "renameat2", "linkat", "flistxattr", "fremovexattr", "fallocate", "fchown", "getrandom",
                    "faccessat", "faccessat2", "io_uring_setup", "memfd_create", "fadvise64", "open_tree", "unshare",
                ])
            {
                rows.Add(call, "ENOSYS");
                rows.Add(call, "EPERM");
            }

            return rows;
        }
    }

    public void Dispose() => _folder.Dispose();

    [TracerTheory(Needs.Nix)]
    [MemberData(nameof(Calls))]
    public void Imports_and_exports_without_a_call(string call, string error)
    {
        using FaultStore store = new();

        ProgramResult imported = store.ImportUnder(Refuse(call, error), 2, InputKind.Pipe);

        Assert.Equal((0, ""), (imported.ExitCode, imported.Errors));
        store.AssertComplete();
        string file = _folder.Join("file");
        ProgramResult exported = store.Run(
        [
            .. Refuse(call, error), .. NarioProgram.CommandLine, "export", "--format", "2", "--store", store.Root, "--all",
            "-o", file,
        ]);
        Assert.Equal((0, ""), (exported.ExitCode, exported.Errors));
        Assert.Equal(["file", "log"], _folder.List());
        ProgramResult listed =
            store.Run([.. Refuse(call, error), .. NarioProgram.CommandLine, "list", file]);
        Assert.Equal((0, ""), (listed.ExitCode, listed.Errors));
        Assert.Equal(FaultClosure.Paths.Count, listed.Output.Count(static letter => letter == (byte)'\n'));
    }

    /// <summary>Without links a file is written twice, but it is whole or not there all the same.</summary>
    [TracerTheory(Needs.None)]
    [InlineData("EACCES")]
    [InlineData("EPERM")]
    [InlineData("EOPNOTSUPP")]
    [InlineData("ENOSYS")]
    public void Exports_a_file_with_its_permissions_where_nobody_may_make_links(string error)
    {
        string file = _folder.Join("file");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Directory.CreateDirectory(_folder.Join("source"));
        string[] export = [.. NarioProgram.CommandLine, "export", "--format", "2", _folder.Join("source"), "-o"];
        using System.Diagnostics.Process plain = NixProgram.Start(export[0], [.. export[1..], _folder.Join("plain")]);
        Assert.Equal(0, ProcessEnd.Await(plain).ExitCode);
        string[] words = [.. Tracer.Refuse(["linkat"], error, _folder.Join("log")), .. export, file];
        using System.Diagnostics.Process refused = NixProgram.Start(words[0], words[1..]);

        ProgramResult result = ProcessEnd.Await(refused);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(File.ReadAllBytes(_folder.Join("plain")), File.ReadAllBytes(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        Assert.Equal(["file", "log", "plain", "source"], _folder.List());
    }

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "S05")]
    public void S05_imports_into_a_store_directory_that_is_mounted_read_only_and_leaves_it_so() => ImportMounted([]);

    /// <summary>Kernels before 5.12 lack one of the calls.</summary>
    [DiskFact(Needs.Nix, traces: true)]
    [Trait("Checklist", "S05")]
    public void S05_imports_so_on_an_older_kernel()
    {
        ImportMounted(Refuse("open_tree", "ENOSYS"));
        ImportMounted(Refuse("mount_setattr", "ENOSYS"));
    }

    [DiskFact(Needs.Nix)]
    [Trait("Checklist", "S05")]
    public void S05_says_what_to_do_when_the_user_may_not_write_to_a_store_directory_that_is_mounted_read_only()
    {
        using SmallDisk disk = new(_folder.Path, "size=64m");
        using FaultStore store = new(disk, _folder.Join("root"));
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        MountReadOnly(store);

        ProgramResult result = store.ImportUnder(["setpriv", "--bounding-set", "-sys_admin"], 2, InputKind.Pipe);

        ProcessEnd.AssertFailure(result, ReadOnlyMessage);

        // To read, it need not be written.
        ProgramResult exported = store.Run(
            [.. NarioProgram.CommandLine, "export", "--format", "1", "--store", store.Root, "--all"]);
        Assert.Equal((0, ""), (exported.ExitCode, exported.Errors));
    }

    private static void MountReadOnly(FaultStore store)
    {
        string directory = $"{store.Root}/nix/store";
        AssertRuns(store, "mount", "--bind", directory, directory);
        AssertRuns(store, "mount", "-o", "remount,ro,bind", directory);
    }

    private static void AssertRuns(FaultStore store, params string[] words)
    {
        ProgramResult result = store.Run(words);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
    }

    private void ImportMounted(string[] words)
    {
        using SmallDisk disk = new(_folder.Path, "size=64m");
        using FaultStore store = new(disk, _folder.Join("root"));
        _ = store.ImportFrom(new byte[8]);
        MountReadOnly(store);

        ProgramResult result = store.ImportUnder(words, 2, InputKind.Pipe);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.NotEqual(0, store.Run("touch", $"{store.Root}/nix/store/new").ExitCode);
        store.AssertComplete();
    }

    private string[] Refuse(string call, string error) => Tracer.Refuse([call], error, _folder.Join("log"));
}
