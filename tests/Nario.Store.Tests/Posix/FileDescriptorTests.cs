using Nario.Store.Local.Trees;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Posix;

/// <summary>A call of the system that fails says what was tried, on what, and why.</summary>
public sealed class FileDescriptorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileDescriptor _descriptor = new();

    public FileDescriptorTests() => File.WriteAllText(_folder.Join("file"), "text");

    public static TheoryData<string> Actions =>
    [
        "read", "write", "write to the disk", "lock", "try to lock", "unlock", "change the permissions of",
        "change the owner of", "change the times of", "seek in", "rewind",
        "list the extended attributes of",
    ];

    public void Dispose()
    {
        _descriptor.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void A_descriptor_that_only_names_a_file_lets_nothing_be_done_with_it(string action)
    {
        Assert.Equal(PosixError.None, _descriptor.TryOpenAt(_folder.Descriptor, "file"u8, OpenFlags.PathOnly));

        PosixException error = Assert.Throws<PosixException>(() => Do(action));

        string subject = action.StartsWith("list", StringComparison.Ordinal) ? "a new file" : _folder.Join("file");
        Assert.Equal($"cannot {action.Replace("try to ", "", StringComparison.Ordinal)} '{subject}': Bad file descriptor", error.Message);
        Assert.Equal("text", File.ReadAllText(_folder.Join("file")));
    }

    [Fact]
    public void A_place_takes_one_file()
    {
        Assert.Equal(PosixError.None, _descriptor.TryOpenAt(_folder.Descriptor, "file"u8, OpenFlags.ReadOnly));
        Assert.Throws<InvalidOperationException>(
            () => _descriptor.TryOpenAt(_folder.Descriptor, "file"u8, OpenFlags.ReadOnly));
        _descriptor.CloseChecked();
        _descriptor.CloseChecked();
        Assert.Equal(PosixError.None, _descriptor.TryOpenAt(_folder.Descriptor, "file"u8, OpenFlags.ReadOnly));
        Assert.Equal(4, _descriptor.Read(new byte[10]));
    }

    [Fact]
    public void What_is_closed_has_no_status()
    {
        PosixException error = Assert.Throws<PosixException>(
            () => FileDescriptor.OpenDirectory(_folder.Join("missing")));
        Assert.EndsWith(": No such file or directory", error.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => _descriptor.TryOpen("a\0b", OpenFlags.ReadOnly));
    }

    [Fact]
    public void A_file_holds_no_entries()
    {
        using FileDescriptor file = new();
        Assert.Equal(PosixError.None, file.TryOpenAt(_folder.Descriptor, "file"u8, OpenFlags.ReadOnly));
        (string Action, Action Call)[] calls =
        [
            ("create the directory 'x'", () => file.MakeDirectory("x"u8, 0x1c0)),
            ("create the directory 'x'", () => file.TryMakeDirectory("x"u8, 0x1c0)),
            ("create the symbolic link 'x'", () => file.MakeSymlink("x"u8, "target"u8)),
            ("read the symbolic link 'x'", () => file.ReadSymlink("x"u8, new byte[4096])),
            ("read the status of 'x'", () => file.TryGetStatus("x"u8, out _)),
            ("delete 'x'", () => file.Unlink("x"u8)),
            ("delete the directory 'x'", () => file.RemoveDirectory("x"u8)),
            ("create 'y'", () => file.RenameWithoutReplacing("x"u8, file, "y"u8)),
            ("change the times of 'x'", () => file.SetModificationTime("x"u8, 1)),
        ];
        foreach ((string action, Action call) in calls)
        {
            Assert.Equal($"cannot {action}: Not a directory", Assert.Throws<PosixException>(call).Message);
        }
    }

    [Fact]
    public void What_is_missing_or_in_the_way_is_told_from_what_fails()
    {
        FileDescriptor folder = _folder.Descriptor;
        Assert.False(folder.TryGetStatus("missing"u8, out _));
        folder.Unlink("missing"u8);
        Assert.True(folder.RemoveDirectory("missing"u8));
        Assert.True(folder.TryMakeDirectory("new"u8, 0x1c0));
        Assert.False(folder.TryMakeDirectory("new"u8, 0x1c0));
        Assert.False(folder.TryMakeDirectory("file"u8, 0x1c0));
        File.WriteAllText(_folder.Join("new", "inner"), "");
        Assert.False(folder.RemoveDirectory("new"u8));
        PosixException error = Assert.Throws<PosixException>(() => folder.RenameWithoutReplacing("new"u8, folder, "file"u8));
        Assert.Equal("cannot create 'file': File exists", error.Message);
        Assert.Equal(["file", "new", "new/inner"], _folder.List());
        folder.RenameWithoutReplacing("new"u8, folder, "other"u8);
        Assert.Equal(["file", "other", "other/inner"], _folder.List());
    }

    [Fact]
    public void A_folder_cannot_be_moved_into_itself()
    {
        _folder.Descriptor.MakeDirectory("outer"u8, 0x1c0);
        using FileDescriptor outer = new();
        outer.OpenAt(_folder.Descriptor, "outer"u8, OpenFlags.Directory);

        PosixException error = Assert.Throws<PosixException>(
            () => _folder.Descriptor.RenameWithoutReplacing("outer"u8, outer, "inner"u8));

        Assert.Equal("cannot create 'inner': Invalid argument", error.Message);
        Assert.Equal(["file", "outer"], _folder.List());
    }

    [Fact]
    public void A_file_is_no_directory_to_read()
    {
        Assert.Equal(PosixError.None, _descriptor.TryOpenAt(_folder.Descriptor, "file"u8, OpenFlags.ReadOnly));
        DirectoryReader reader = new();
        reader.Begin(_descriptor);
        Assert.Equal(
            $"cannot read the directory '{_folder.Join("file")}': Not a directory",
            Assert.Throws<PosixException>(() => reader.Read()).Message);
    }

    private void Do(string action)
    {
        switch (action)
        {
            case "read":
                _descriptor.Read(new byte[1]);
                break;
            case "write":
                _descriptor.Write("x"u8);
                break;
            case "write to the disk":
                _descriptor.Sync();
                break;
            case "lock":
                _descriptor.Lock(LockMode.Exclusive);
                break;
            case "try to lock":
                _descriptor.TryLock(LockMode.Exclusive);
                break;
            case "unlock":
                _descriptor.Unlock();
                break;
            case "change the permissions of":
                _descriptor.SetPermissions(0x1ff);
                break;
            case "change the owner of":
                _descriptor.TrySetOwner(0, 0);
                break;
            case "change the times of":
                _descriptor.SetModificationTime(1);
                break;
            case "seek in":
                _descriptor.SeekTo(1);
                break;
            case "rewind":
                _descriptor.Rewind();
                break;
            default:
                ExtendedAttributes.Remove(_descriptor, CanonicalMetadata.KeptExtendedAttributes);
                break;
        }
    }
}
