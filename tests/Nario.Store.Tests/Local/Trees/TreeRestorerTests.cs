using System.Runtime.InteropServices;
using System.Text;
using Nario.Codec;
using Nario.Store.Local.Trees;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local.Trees;

public sealed class TreeRestorerTests : IDisposable
{
    private const uint OwnerOnly = 0x3f;

    /// <summary>The bit that gives the group of a folder to what is made in it.</summary>
    private const int SetGroup = 0x400;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void Restores_what_is_read_back_the_same()
    {
        RecordingSink expected = new();
        SampleTree.Write(expected);
        using StagingDirectory staging = Restore(SampleTree.Write, out RestoredRootKind kind);
        staging.MoveTo(kind, "tree"u8);

        RecordingSink actual = new();
        TreeWalker.Walk(_folder.Join("tree"), actual);

        Assert.Equal(RestoredRootKind.Directory, kind);
        Assert.Equal(expected.Lines, actual.Lines);
        staging.Dispose();
        Assert.Equal(["tree"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Restores_a_root_that_is_a_file_or_a_link()
    {
        foreach (Action<INarSink> write in (Action<INarSink>[])
            [
                sink => SampleTree.WriteFile(sink, true, "contents"u8),
                sink => SampleTree.WriteFile(sink, false, []),
                sink => sink.WriteSymlink("target"u8),
            ])
        {
            RecordingSink expected = new();
            write(expected);
            using (StagingDirectory staging = Restore(write, out RestoredRootKind kind))
            {
                Assert.Equal(RestoredRootKind.Entry, kind);
                staging.MoveTo(kind, "tree"u8);
            }

            RecordingSink actual = new();
            TreeWalker.Walk(_folder.Join("tree"), actual);
            Assert.Equal(expected.Lines, actual.Lines);
            AssertCanonical(_folder.Path, "tree");
            Assert.Equal(["tree"], _folder.List());
            TreeRemover.Remove(_folder.Descriptor, "tree"u8);
        }
    }

    [Fact]
    public void R09_Gives_everything_canonical_metadata_whatever_the_umask() =>
        OwnThread.RunWithUmask(OwnerOnly, () =>
        {
            using StagingDirectory staging = Restore(SampleTree.Write, out RestoredRootKind kind);
            staging.MoveTo(kind, "tree"u8);

            AssertCanonical(_folder.Path, "tree");
            IReadOnlyList<string> names = TemporaryFolder.ListBelow(_folder.Join("tree"));
            Assert.Equal(9, names.Count);
            foreach (string name in names.Where(static name => !name.Contains('\n', StringComparison.Ordinal)))
            {
                AssertCanonical(_folder.Join("tree"), name);
            }
        });

    [Fact]
    public void R08_Inherits_neither_access_control_lists_nor_the_set_group_bit()
    {
        // Version 2; then owner, named user, group, mask and others, each with tag, rights and user.
        byte[] defaultList = Convert.FromHexString(
            "02000000"
            + "01000700ffffffff" + "020007000a000000" + "04000700ffffffff" + "10000700ffffffff" + "20000700ffffffff");
        Assert.Equal(
            0,
            NativeCalls.SetExtendedAttribute(
                _folder.Path, "system.posix_acl_default", defaultList, defaultList.Length, 0));
        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.SetGroup);

        using StagingDirectory staging = Restore(SampleTree.Write, out RestoredRootKind kind);
        staging.MoveTo(kind, "tree"u8);

        foreach (string name in (string[])["tree", "tree/bin", "tree/bin/run", "tree/large", "tree/self"])
        {
            AssertCanonical(_folder.Path, name);
        }
    }

    [RootFact]
    public void Gives_nothing_to_the_group_of_a_folder_that_passes_it_on()
    {
        Assert.True(_folder.Descriptor.TrySetOwner(FileDescriptor.Unchanged, OwnThread.Nobody));
        _folder.Descriptor.SetPermissions(SetGroup | CanonicalMetadata.UnfinishedDirectoryPermissions);

        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        FileStatus unfinished = staging.Directory.GetStatus();

        Assert.Equal(CanonicalMetadata.UnfinishedDirectoryPermissions, unfinished.Permissions);
        Assert.Equal(ProcessIdentity.GroupId, unfinished.GroupId);
    }

    [Fact]
    public void Keeps_an_unfinished_tree_from_other_users()
    {
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        restorer.BeginDirectory();
        restorer.BeginEntry("inner"u8);
        restorer.BeginDirectory();

        Assert.Equal(0x1c0, staging.Directory.GetStatus().Permissions);
        Assert.True(staging.Directory.TryGetStatus("inner"u8, out FileStatus inner));
        Assert.Equal(0, inner.Permissions & OwnerOnly);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("file")]
    [InlineData("folder")]
    public void R01_Refuses_to_write_over_or_through_what_exists(string existing)
    {
        foreach (Action<INarSink> write in (Action<INarSink>[])
            [
                static sink => sink.BeginDirectory(),
                static sink => sink.BeginFile(false, 1),
                static sink => sink.WriteSymlink("x"u8),
            ])
        {
            using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
            MakeExisting(existing, Path.Join(PathOf(staging), "entry"));
            using TreeRestorer restorer = new();
            restorer.Begin(staging.Directory);
            restorer.BeginDirectory();
            restorer.BeginEntry("entry"u8);

            PosixException exception = Assert.Throws<PosixException>(() => write(restorer));

            Assert.Equal((int)PosixError.Exists, exception.ErrorNumber);
            Assert.Contains("'entry': File exists", exception.Message, StringComparison.Ordinal);
            Assert.Equal([], _outside.List());
        }
    }

    [Fact]
    public void R05_Writes_nothing_outside_when_a_directory_is_replaced_by_a_link()
    {
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        restorer.BeginDirectory();
        restorer.BeginEntry("inner"u8);
        restorer.BeginDirectory();
        string inner = Path.Join(PathOf(staging), "inner");
        Directory.Move(inner, inner + "-moved");
        File.CreateSymbolicLink(inner, _outside.Path);

        SampleTree.WriteFile(restorer, "file"u8, false, "contents"u8);
        restorer.BeginEntry("folder"u8);
        restorer.BeginDirectory();
        restorer.EndDirectory();
        restorer.EndDirectory();
        restorer.EndDirectory();

        Assert.Equal([], _outside.List());
        Assert.Equal(["file", "folder"], TemporaryFolder.ListBelow(inner + "-moved"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("/a")]
    [InlineData("a\0b")]
    public void R02_Refuses_names_that_lead_elsewhere(string name)
    {
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        restorer.BeginDirectory();
        restorer.BeginEntry(Encoding.UTF8.GetBytes(name));

        StoreException exception = Assert.Throws<StoreException>(() => restorer.BeginFile(false, 0));

        Assert.StartsWith("invalid file name '", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_names_that_are_too_long()
    {
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        restorer.BeginDirectory();
        SampleTree.WriteFile(restorer, Encoding.ASCII.GetBytes(new string('a', 255)), false, []);

        Assert.Throws<StoreException>(() => restorer.BeginEntry(Encoding.ASCII.GetBytes(new string('a', 256))));
    }

    [Fact]
    public void Refuses_links_without_a_target_that_a_file_system_can_hold()
    {
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        restorer.BeginDirectory();
        foreach (byte[] target in (byte[][])[[], new byte[1], Encoding.ASCII.GetBytes(new string('a', 4096))])
        {
            using StagingDirectory other = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
            using TreeRestorer otherRestorer = new();
            otherRestorer.Begin(other.Directory);
            Assert.Throws<StoreException>(() => otherRestorer.WriteSymlink(target));
        }

        // The longest target that Linux knows; some file systems hold less than a page of it.
        SampleTree.WriteLink(restorer, "long"u8, Encoding.ASCII.GetBytes(new string('a', 4000)));
    }

    [Fact]
    public void Goes_as_deep_as_allowed_and_no_deeper()
    {
        const int Depth = 5;
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new(Depth);
        restorer.Begin(staging.Directory);
        restorer.BeginDirectory();
        for (int i = 2; i <= Depth; i++)
        {
            restorer.BeginEntry("a"u8);
            restorer.BeginDirectory();
        }

        restorer.BeginEntry("b"u8);
        StoreException exception = Assert.Throws<StoreException>(() => restorer.BeginFile(false, 0));
        Assert.Equal("the tree is more than 5 levels deep", exception.Message);
        Assert.Throws<StoreException>(restorer.BeginDirectory);
        Assert.Throws<StoreException>(() => restorer.WriteSymlink("x"u8));
    }

    [Fact]
    public void Refuses_calls_out_of_order()
    {
        using StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        Assert.Throws<InvalidOperationException>(() => restorer.Begin(staging.Directory));
        Assert.Throws<InvalidOperationException>(restorer.EndDirectory);
        Assert.Throws<InvalidOperationException>(() => restorer.BeginEntry("a"u8));
        restorer.BeginDirectory();
        Assert.Throws<InvalidOperationException>(() => restorer.BeginFile(false, 0));
        Assert.Throws<InvalidOperationException>(() => restorer.WriteContents([]));
        restorer.BeginEntry("a"u8);
        Assert.Throws<InvalidOperationException>(restorer.EndDirectory);
        restorer.BeginFile(false, 2);
        Assert.Throws<InvalidOperationException>(() => restorer.WriteContents("abc"u8));
        Assert.Throws<InvalidOperationException>(restorer.EndDirectory);
        restorer.WriteContents("ab"u8);
        restorer.EndDirectory();
        Assert.Throws<InvalidOperationException>(restorer.BeginDirectory);
    }

    [Fact]
    public void Drops_what_was_restored_when_it_gets_no_name()
    {
        Restore(SampleTree.Write, out _).Dispose();

        Assert.Equal([], _folder.List());
    }

    private StagingDirectory Restore(Action<INarSink> write, out RestoredRootKind kind)
    {
        StagingDirectory staging = StagingDirectory.Create(_folder.Descriptor, StagingDirectory.MakePath());
        using TreeRestorer restorer = new();
        restorer.Begin(staging.Directory);
        write(restorer);
        kind = restorer.RootKind;
        return staging;
    }

    private void MakeExisting(string kind, string path)
    {
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(path, _outside.Path);
                break;
            case "dangling":
                File.CreateSymbolicLink(path, _outside.Join("new"));
                break;
            case "file":
                File.WriteAllText(path, "old");
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }
    }

    private static string PathOf(StagingDirectory staging) =>
        new FileInfo($"/proc/self/fd/{staging.Directory.Number}").LinkTarget!;

    private static void AssertCanonical(string folder, string relativePath)
    {
        string path = Path.Join(folder, relativePath);
        using FileDescriptor parent = FileDescriptor.OpenDirectory(Path.GetDirectoryName(path)!);
        Assert.True(parent.TryGetStatus(Encoding.UTF8.GetBytes(Path.GetFileName(path)), out FileStatus status));
        Assert.Equal((1L, 0u), (status.ModificationSeconds, status.ModificationNanoseconds));
        Assert.Equal((ProcessIdentity.UserId, ProcessIdentity.GroupId), (status.UserId, status.GroupId));
        bool executable = status.Kind == FileKind.Directory || relativePath.EndsWith("run", StringComparison.Ordinal)
            || status.IsOwnerExecutable;
        int expected = status.Kind == FileKind.Symlink ? 0x1ff : executable ? 0x16d : 0x124;
        Assert.Equal(expected, status.Permissions);
        byte[] names = new byte[1000];
        nint length = NativeCalls.ListExtendedAttributes(path, names, names.Length);
        Assert.True(length >= 0, Marshal.GetLastPInvokeErrorMessage());
        Assert.Equal(
            [],
            Encoding.UTF8.GetString(names, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Except(CanonicalMetadata.KeptExtendedAttributes));
    }
}
