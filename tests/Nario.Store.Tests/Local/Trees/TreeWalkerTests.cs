using Nario.Store.Local.Trees;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local.Trees;

public sealed class TreeWalkerTests : IDisposable
{
    private const int BlockLength = 4096;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_entries_in_the_order_of_their_bytes()
    {
        foreach (string name in (string[])["b", "a-", "a", "B", "é", "a.b", "~"])
        {
            File.WriteAllText(_folder.Join(name), "");
        }

        Directory.CreateDirectory(_folder.Join("a1"));

        Assert.Equal(
            [" [", "B - ", "a - ", "a- - ", "a.b - ", "a1 [", "]", "b - ", "~ - ", "Ã© - ", "]"],
            Read(_folder.Path).Select(static (line, index) => index == 0 ? " [" : line));
    }

    [Fact]
    public void Takes_off_what_Nix_adds_to_names_where_the_file_system_ignores_case_only_when_told_to()
    {
        foreach (string name in (string[])["a", "A~nix~case~hack~1", "b~nix~case~hack~1", "aa"])
        {
            File.WriteAllText(_folder.Join(name), "");
        }

        Assert.Equal(
            ["A~nix~case~hack~1 - ", "a - ", "aa - ", "b~nix~case~hack~1 - "], Read(_folder.Path).Skip(1).SkipLast(1));
        Assert.Equal(["A - ", "a - ", "aa - ", "b - "], Read(_folder.Path, stripsCaseHack: true).Skip(1).SkipLast(1));

        File.WriteAllText(_folder.Join("b"), "");
        Assert.Equal(
            "file name collision between 'b' and 'b~nix~case~hack~1', since 'use-case-hack' is set",
            Assert.Throws<StoreException>(() => Read(_folder.Path, stripsCaseHack: true)).Message);
    }

    [Fact]
    public void Takes_only_the_owners_right_to_execute()
    {
        File.WriteAllText(_folder.Join("a"), "");
        File.WriteAllText(_folder.Join("b"), "");
        File.SetUnixFileMode(_folder.Join("a"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(
            _folder.Join("b"), UnixFileMode.UserRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

        Assert.Equal([" [", "a x ", "b - ", "]"], Read(_folder.Path));
    }

    [Fact]
    public void Reads_a_link_as_a_link_wherever_it_is()
    {
        File.CreateSymbolicLink(_folder.Join("link"), "/");
        Directory.CreateDirectory(_folder.Join("folder"));
        File.CreateSymbolicLink(_folder.Join("folder", "up"), "..");

        Assert.Equal([" -> /"], Read(_folder.Join("link")));
        Assert.Equal([" [", "up -> ..", "]"], Read(_folder.Join("folder") + "/"));
    }

    [Fact]
    public void Reads_a_directory_with_more_entries_than_a_buffer_holds()
    {
        for (int i = 0; i < 2000; i++)
        {
            File.WriteAllText(_folder.Join($"{i:d4}-{new string('x', 50)}"), "");
        }

        Assert.Equal(
            Enumerable.Range(0, 2000).Select(static i => $"{i:d4}-{new string('x', 50)} - "),
            Read(_folder.Path).ToArray()[1..^1]);
    }

    [Fact]
    public void Refuses_what_no_archive_can_hold()
    {
        Directory.CreateDirectory(_folder.Join("folder"));
        Assert.Equal(0, NativeCalls.MakeFifo(_folder.Join("folder", "pipe\n"), 0x180));

        StoreException exception = Assert.Throws<StoreException>(() => Read(_folder.Path));

        Assert.Equal(
            $"path '{_folder.Path}/folder/pipe\\x0a' is neither a file, a directory nor a symbolic link", exception.Message);
    }

    [Fact]
    public void Says_what_is_not_there()
    {
        StoreException exception = Assert.Throws<StoreException>(() => Read(_folder.Join("nothing")));

        Assert.Equal($"path '{_folder.Join("nothing")}' does not exist", exception.Message);
    }

    [Theory]
    [InlineData(1000, 999, 0)]
    [InlineData(1000, 0, 0)]
    [InlineData(BlockLength, BlockLength - 1, 0)]
    [InlineData(3 * BlockLength, BlockLength, 0)]
    [InlineData(1000, 999, 100)]
    [InlineData(1000, 0, 100)]
    [InlineData(1000, 500, 2000)]
    public void Notices_a_file_that_becomes_shorter(int length, int newLength, int roomLength) =>
        Assert.Equal(
            $"path '{_folder.Join("file")}' became shorter while it was read",
            ReadWhileLengthChanges(length, newLength, roomLength));

    [Theory]
    [InlineData(1000, 1001, 0)]
    [InlineData(BlockLength, BlockLength + 1, 0)]
    [InlineData(BlockLength + 1, 3 * BlockLength, 0)]
    [InlineData(1000, 1001, 100)]
    [InlineData(1000, 1001, 1000)]
    [InlineData(1000, 1001, 1001)]
    [InlineData(1000, 2000, 300)]
    public void Notices_a_file_that_becomes_longer(int length, int newLength, int roomLength) =>
        Assert.Equal(
            $"path '{_folder.Join("file")}' became longer while it was read",
            ReadWhileLengthChanges(length, newLength, roomLength));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1000)]
    public void Reads_into_the_room_that_a_sink_gives(int roomLength)
    {
        byte[] contents = [.. Enumerable.Range(0, 200).Select(static number => (byte)number)];
        File.WriteAllBytes(_folder.Join("file"), contents);
        RecordingSink sink = new() { RoomLength = roomLength };

        TreeWalker.Walk(_folder.Join("file"), sink);

        Assert.Equal([$" - {Convert.ToBase64String(contents)}"], sink.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Does_not_follow_a_link_that_takes_the_place_of_an_entry(bool isDirectory)
    {
        Directory.CreateDirectory(_folder.Join("tree"));
        File.WriteAllText(_folder.Join("secret"), "secret");
        File.WriteAllText(_folder.Join("tree", "a"), "a");
        string replaced = _folder.Join("tree", "b");
        if (isDirectory)
        {
            Directory.CreateDirectory(replaced);
        }
        else
        {
            File.WriteAllText(replaced, "b");
        }

        RecordingSink sink = new()
        {
            WhenFileBegins = () =>
            {
                Directory.Move(replaced, replaced + "-old");
                File.CreateSymbolicLink(replaced, isDirectory ? _folder.Path : _folder.Join("secret"));
            },
        };

        StoreException exception =
            Assert.Throws<PosixException>(() => TreeWalker.Walk(_folder.Join("tree"), sink));

        Assert.StartsWith($"cannot open '{replaced}': ", exception.Message, StringComparison.Ordinal);
        Assert.Equal([" [", "a - YQ=="], sink.Lines.Select(static (line, index) => index == 0 ? " [" : line));
    }

    [Fact]
    public void Goes_as_deep_as_an_archive_and_no_deeper()
    {
        string path = _folder.Path;
        for (int i = 1; i < TreeWalker.MaxDepth; i++)
        {
            path += "/d";
            Directory.CreateDirectory(path);
        }

        Assert.Equal(2 * TreeWalker.MaxDepth, Read(_folder.Path).Count);
        File.WriteAllText(path + "/f", "");
        StoreException exception = Assert.Throws<StoreException>(() => Read(_folder.Path));
        Assert.EndsWith("/d/f' is more than 64 levels deep", exception.Message, StringComparison.Ordinal);
    }

    private string ReadWhileLengthChanges(int length, int newLength, int roomLength)
    {
        string path = _folder.Join("file");
        File.WriteAllBytes(path, new byte[length]);
        RecordingSink sink = new()
        {
            RoomLength = roomLength,
            WhenFileBegins = () =>
            {
                using FileStream file = new(path, FileMode.Open, FileAccess.Write);
                file.SetLength(newLength);
            },
        };
        return Assert.Throws<StoreException>(() => TreeWalker.Walk(path, sink)).Message;
    }

    private static IReadOnlyList<string> Read(string path, bool stripsCaseHack = false)
    {
        RecordingSink sink = new();
        TreeWalker.Walk(path, sink, stripsCaseHack);
        return sink.Lines;
    }
}
