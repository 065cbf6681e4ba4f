using Nario.Store.Local.Trees;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local.Trees;

public sealed class TreeRemoverTests : IDisposable
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void Deletes_a_tree_of_directories_without_write_permission()
    {
        Directory.CreateDirectory(_folder.Join("tree", "a", "b"));
        File.WriteAllText(_folder.Join("tree", "a", "b", "file"), "");
        foreach (string path in (string[])["tree/a/b", "tree/a", "tree"])
        {
            File.SetUnixFileMode(_folder.Join(path), ReadOnly);
        }

        TreeRemover.Remove(_folder.Descriptor, "tree"u8);

        Assert.Equal([], _folder.List());
    }

    [Fact]
    public void Deletes_links_and_not_what_they_lead_to()
    {
        File.WriteAllText(_outside.Join("kept"), "");
        Directory.CreateDirectory(_folder.Join("tree"));
        File.CreateSymbolicLink(_folder.Join("tree", "link"), _outside.Path);
        File.CreateSymbolicLink(_folder.Join("root"), _outside.Path);

        TreeRemover.Remove(_folder.Descriptor, "tree"u8);
        TreeRemover.Remove(_folder.Descriptor, "root"u8);

        Assert.Equal([], _folder.List());
        Assert.Equal(["kept"], _outside.List());
    }

    [Fact]
    public void Deletes_what_is_in_the_tree_and_not_what_beside_it_has_the_same_name()
    {
        Directory.CreateDirectory(_folder.Join("tree", "a", "b"));
        Directory.CreateDirectory(_folder.Join("a"));
        Directory.CreateDirectory(_folder.Join("b"));

        TreeRemover.Remove(_folder.Descriptor, "tree"u8);

        Assert.Equal(["a", "b"], _folder.List().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Leaves_the_permissions_of_files_that_have_other_names()
    {
        Directory.CreateDirectory(_folder.Join("tree"));
        File.WriteAllText(_outside.Join("kept"), "");
        File.SetUnixFileMode(_outside.Join("kept"), UnixFileMode.UserRead);
        Assert.Equal(0, NativeCalls.Link(_outside.Join("kept"), _folder.Join("tree", "name")));

        TreeRemover.Remove(_folder.Descriptor, "tree"u8);

        Assert.Equal([], _folder.List());
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_outside.Join("kept")));
    }

    [Fact]
    public void Deletes_a_tree_of_any_depth()
    {
        // Much deeper than the directories that are open at a time.
        const int Depth = 1000;
        using FileDescriptor first = new();
        _folder.Descriptor.MakeDirectory("tree"u8, 0x1c0);
        first.OpenAt(_folder.Descriptor, "tree"u8, OpenFlags.Directory);
        first.MakeDirectory(".moved-0"u8, 0x1c0);
        FileDescriptor current = first;
        for (int i = 0; i < Depth; i++)
        {
            FileDescriptor next = new();
            current.MakeDirectory("d"u8, 0x1c0);
            next.OpenAt(current, "d"u8, OpenFlags.Directory);
            using (FileDescriptor file = new())
            {
                file.OpenAt(next, ".moved-1"u8, OpenFlags.Create | OpenFlags.WriteOnly, 0x124);
            }

            current.SetPermissions(0x140);
            current.Dispose();
            current = next;
        }

        current.Dispose();

        TreeRemover.Remove(_folder.Descriptor, "tree"u8);

        Assert.Equal([], _folder.List());
    }

    [RootFact]
    public void Closes_what_it_has_opened_when_it_may_not_delete_all()
    {
        Directory.CreateDirectory(_folder.Join("tree", "of another"));
        File.WriteAllText(_folder.Join("tree", "of another", "file"), "");
        using (FileDescriptor tree = FileDescriptor.OpenDirectory(_folder.Join("tree")))
        {
            Assert.True(tree.TrySetOwner(OwnThread.Nobody, OwnThread.Nobody));
        }

        Assert.True(_folder.Descriptor.TrySetOwner(OwnThread.Nobody, OwnThread.Nobody));

        OwnThread.RunAsNobody(
            () => Assert.Throws<PosixException>(() => TreeRemover.Remove(_folder.Descriptor, "tree"u8)));

        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries("/proc/self/fd"),
            link => new FileInfo(link).LinkTarget?.StartsWith(_folder.Join("tree"), StringComparison.Ordinal) == true);
        Assert.Equal(["tree", "tree/of another", "tree/of another/file"], _folder.List());
    }

    [Fact]
    public void Deletes_a_directory_with_many_entries()
    {
        Directory.CreateDirectory(_folder.Join("tree"));
        for (int i = 0; i < 1500; i++)
        {
            Directory.CreateDirectory(_folder.Join("tree", $"folder-with-a-longer-name-{i}"));
        }

        TreeRemover.Remove(_folder.Descriptor, "tree"u8);

        Assert.Equal([], _folder.List());
    }

    [Fact]
    public void Has_nothing_to_do_when_nothing_is_there()
    {
        TreeRemover.Remove(_folder.Descriptor, "nothing"u8);

        Assert.Equal([], _folder.List());
    }
}
