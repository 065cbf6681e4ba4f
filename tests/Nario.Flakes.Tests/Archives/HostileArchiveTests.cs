using System.Text;
using Nario.Flakes.Tests.Support;
using Nario.Flakes.Unpacking;

namespace Nario.Flakes.Tests.Archives;

/// <summary>U: what unpacking must withstand. Each number is in the name of the test that tries it.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private const string Secret = "outside";

    private readonly Support.Cloning _cloning = new();

    public HostileArchiveTests() => _cloning.AddFile(Secret, "untouched");

    public void Dispose()
    {
        // Nothing ever comes out of the destination.
        Assert.Equal("untouched", File.ReadAllText(_cloning.Join(Secret)));
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(_cloning.Root), static path => Path.GetFileName(path) is "up" or "abs" or "evil");
        Assert.Empty(_cloning.LeftOvers());
        _cloning.Dispose();
    }

    [Fact]
    public void U01_names_that_climb_stay_inside()
    {
        Unpack(new TarBuilder().File("p/../../../up").File("../../up2").File("a/./b//c").Folder("..").File("x"));

        Assert.Equal(["d a", "d a/b", "f a/b/c", "f up", "f up2", "f x"], _cloning.Listing());
    }

    [Fact]
    public void U02_absolute_names_are_relative()
    {
        Unpack(new TarBuilder().File($"{_cloning.Root}/abs").File("//etc/evil").File("x"));

        Assert.True(File.Exists(Path.Join(_cloning.Destination, _cloning.Root, "abs")));
        Assert.True(File.Exists(_cloning.Join("dest", "etc", "evil")));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("outside")]
    public void U03_nothing_is_written_through_a_link(string target)
    {
        string real = target == "outside" ? _cloning.Root : target;

        Assert.Equal(
            "file 'link/evil' in the archive is below something that is not a folder",
            Refuse(new TarBuilder().Symlink("link", real).File("link/evil")));
        Assert.Equal(
            "file 'link/evil' in the archive is below something that is not a folder",
            Refuse(new TarBuilder().File("a").Symlink("link", real).Folder("link").Folder("link/evil")));
    }

    [Fact]
    public void U04_a_file_takes_the_place_of_a_link_and_not_of_its_target()
    {
        Unpack(new TarBuilder().Symlink("link", $"{_cloning.Root}/{Secret}").File("link", "new").File("x"));

        Assert.Null(new FileInfo(_cloning.Join("dest", "link")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(_cloning.Join("dest", "link")));
    }

    [Fact]
    public void U05_links_that_lead_out_are_kept_as_they_are()
    {
        Unpack(new TarBuilder().Symlink("abs", "/etc/passwd").Symlink("up", "../../..").Symlink("none", "nowhere").File("x"));

        Assert.Equal(["l /etc/passwd abs", "l nowhere none", "l ../../.. up", "f x"], _cloning.Listing());
    }

    [Fact]
    public void U06_names_that_differ_in_case_are_two()
    {
        Unpack(new TarBuilder().File("a", "1").File("A", "2"));

        Assert.Equal("1", File.ReadAllText(_cloning.Join("dest", "a")));
        Assert.Equal("2", File.ReadAllText(_cloning.Join("dest", "A")));
    }

    [Fact]
    public void U07_of_files_with_one_name_the_last_counts()
    {
        Unpack(new TarBuilder().File("a", "1").File("a", "2").File("b", "3"));

        Assert.Equal("2", File.ReadAllText(_cloning.Join("dest", "a")));
        Assert.Contains("warning: 1 entries of the archive have the name of another one", _cloning.Messages);
    }

    [Fact]
    public void U08_a_link_or_a_folder_takes_no_place()
    {
        Unpack(new TarBuilder().File("a", "1").Symlink("a", "b").Folder("a").Folder("c").Symlink("c", "b").File("c/d"));

        Assert.Equal(["f a", "d c", "f c/d"], _cloning.Listing());
        Assert.Equal(
            "file 'c' in the archive is a folder and a file", Refuse(new TarBuilder().Folder("c").File("c")));
    }

    [Fact]
    public void U09_hard_links_are_copies_of_what_is_inside()
    {
        Unpack(new TarBuilder().HardLink("link", "file").File("file", "text", 0x1ed).HardLink("d/again", "./link").Symlink("s", "file")
            .HardLink("s2", "s"));

        Assert.Equal(["d d", "x d/again", "x file", "x link", "l file s", "l file s2"], _cloning.Listing());
        File.WriteAllText(_cloning.Join("dest", "link"), "other");
        Assert.Equal("text", File.ReadAllText(_cloning.Join("dest", "file")));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("missing")]
    public void U10_hard_links_lead_nowhere_else(string target) => Assert.Equal(
        $"file 'link' in the archive is a hard link to '{target}', which does not exist",
        Refuse(new TarBuilder().File("x").HardLink("link", target)));

    [Fact]
    public void U11_a_hard_link_through_a_link() => Assert.Equal(
        "file 'evil' in the archive is a hard link to 'link/outside', which does not exist",
        Refuse(new TarBuilder().Symlink("link", _cloning.Root).HardLink("evil", "link/outside")));

    [Fact]
    public void U12_a_hard_link_to_a_folder() => Assert.Equal(
        "file 'link' in the archive is a hard link to a folder, 'd'",
        Refuse(new TarBuilder().Folder("d").HardLink("link", "d")));

    [Theory]
    [InlineData('3', 8192)]
    [InlineData('4', 24576)]
    [InlineData('6', 4096)]
    public void U13_devices_and_pipes(char type, int shown) => Assert.Equal(
        $"file 'node' in the archive has unsupported file type {shown}",
        Refuse(new TarBuilder().Member("node"u8.ToArray(), type, [])));

    [Theory]
    [InlineData('Z')]
    [InlineData('M')]
    [InlineData('\x1b')]
    public void U14_types_that_nobody_knows(char type) =>
        Assert.Contains("has the unknown type", Refuse(new TarBuilder().Member("node"u8.ToArray(), type, [])), StringComparison.Ordinal);

    [Fact]
    public void U15_names_of_any_bytes()
    {
        Unpack(new TarBuilder().File("\x80", "1").File("\x81", "2").File("\x1b[2J\n", "3"));

        // .NET cannot name them; the hash can.
        _cloning.Options = _cloning.Options with { ComputesHash = true };
        string one = Hash(new TarBuilder().File("\x80", "1").File("\x81", "2"));
        Assert.NotEqual(one, Hash(new TarBuilder().File("\x80", "2").File("\x81", "1")));
    }

    [Fact]
    public void U16_long_names()
    {
        string name = $"{new string('a', 255)}/{new string('b', 255)}";
        Unpack(new TarBuilder().LongName(name).File("short").Pax(("path", $"pax/{name}")).File("short").File("x"));

        Assert.Equal("text", File.ReadAllText(_cloning.Join("dest", name)));
        Assert.Equal("text", File.ReadAllText(_cloning.Join("dest", "pax", name)));
        Assert.Contains(
            "has a name of more than 255 bytes",
            Refuse(new TarBuilder().LongName(new string('a', 256)).File("short")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void U17_deep_names()
    {
        string deepest = string.Join('/', Enumerable.Repeat("d", 63));
        Unpack(new TarBuilder().LongName(deepest).File("short").File("x"));
        Assert.True(File.Exists(_cloning.Join("dest", deepest)));
        Assert.Contains(
            "is too deep", Refuse(new TarBuilder().LongName($"d/{deepest}").File("short")), StringComparison.Ordinal);
        Assert.Contains(
            "is too deep",
            Refuse(new TarBuilder().LongName(string.Join('/', Enumerable.Repeat(new string('d', 200), 21))).File("short")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("linkpath")]
    [InlineData("size")]
    public void U18_pax_for_all_members(string key) => Assert.Contains(
        $"gives all members one {key}", Refuse(new TarBuilder().GlobalPax((key, "1")).File("x")), StringComparison.Ordinal);

    [Theory]
    [InlineData("5 a=b\n")]
    [InlineData("99999 a=b\n")]
    [InlineData("x a=b\n")]
    [InlineData("7 a=bcd")]
    [InlineData("6 abc\n")]
    [InlineData("-6 a=b\n")]
    [InlineData(" ")]
    public void U19_malformed_pax_records(string text) => Assert.Contains(
        "malformed pax record",
        Refuse(new TarBuilder().Member("pax"u8.ToArray(), 'x', TarBuilder.Latin(text)).File("x")),
        StringComparison.Ordinal);

    [Fact]
    public void U20_pax_size_counts()
    {
        Unpack(new TarBuilder().Pax(("size", "3")).Member("file"u8.ToArray(), '0', "abc"u8.ToArray(), size: 0).File("next"));

        Assert.Equal("abc", File.ReadAllText(_cloning.Join("dest", "file")));
        Assert.Contains("invalid size", Refuse(new TarBuilder().Pax(("size", "-1")).File("x")), StringComparison.Ordinal);
        Assert.Contains("invalid size", Refuse(new TarBuilder().Pax(("size", "99999999999999999999")).File("x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('K')]
    public void U21_a_header_that_claims_to_be_huge_takes_no_memory(char type)
    {
        long before = GC.GetTotalAllocatedBytes();

        Assert.Contains(
            "a header of more than",
            Refuse(new TarBuilder().Member("x"u8.ToArray(), type, new byte[512], size: 1L << 30)),
            StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public void U22_sparse_files()
    {
        Assert.Contains("sparse", Refuse(new TarBuilder().Member("s"u8.ToArray(), 'S', [])), StringComparison.Ordinal);
        Assert.Contains("sparse", Refuse(new TarBuilder().Pax(("GNU.sparse.major", "1")).File("x")), StringComparison.Ordinal);
    }

    [Fact]
    public void U23_a_name_with_a_nul() => Assert.Contains(
        "has a NUL in its name", Refuse(new TarBuilder().Pax(("path", "a\0b")).File("x")), StringComparison.Ordinal);

    [Theory]
    [InlineData(".git")]
    [InlineData("a/.GIT/config")]
    public void U24_a_folder_of_git(string name) =>
        Assert.Contains("is named '.git'", Refuse(new TarBuilder().File(name)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void U25_targets_that_no_link_can_have(string target) => Assert.Contains(
        "is a symbolic link with an invalid target",
        Refuse(new TarBuilder().Pax(("linkpath", target)).Symlink("link", "x")),
        StringComparison.Ordinal);

    [Fact]
    public void U26_long_targets()
    {
        string target = new('t', 4095);
        Unpack(new TarBuilder().LongTarget(target).Symlink("link", "x").File("x"));
        Assert.Equal(target, new FileInfo(_cloning.Join("dest", "link")).LinkTarget);
        Assert.Contains(
            "invalid target", Refuse(new TarBuilder().LongTarget(target + "t").Symlink("link", "x")), StringComparison.Ordinal);
    }

    /// <summary>A bomb ends at a limit, which can be raised.</summary>
    [Fact]
    public void U27_bombs()
    {
        byte[] bomb = TarBuilder.Gzip(new TarBuilder().Member("zeros"u8.ToArray(), '0', new byte[8 << 20]).File("x").ToArray());
        _cloning.Options = _cloning.Options with { Limits = new UnpackLimits { MaxSize = 1 << 20 } };
        Assert.InRange(bomb.Length, 0, 128 << 10);
        const string Message = "unpacked, the input has more than 1048576 bytes; --max-size allows more";
        Assert.Equal(Message, Refuse(bomb));
        Assert.Equal(Message, Refuse(TarBuilder.Gzip(bomb)));
        Assert.Equal(Message, Refuse(Zip(new byte[8 << 20])));
        Assert.Equal(
            Message,
            Refuse(Enumerable.Range(0, 20).Aggregate(
                new TarBuilder().Member("one"u8.ToArray(), '0', new byte[100_000]),
                static (tar, number) => tar.HardLink($"link{number}", "one"))));

        _cloning.Options = _cloning.Options with { Limits = new UnpackLimits { MaxSize = 16 << 20 } };
        Unpack(bomb);
    }

    [Fact]
    public void U28_too_many_entries()
    {
        _cloning.Options = _cloning.Options with { Limits = new UnpackLimits { MaxEntries = 3 } };
        const string Message = "the archive has more than 3 entries; --max-entries allows more";
        Assert.Equal(Message, Refuse(new TarBuilder().File("1").File("2").Folder("3").Symlink("4", "1")));
        Assert.Equal(Message, Refuse(new ZipBuilder().Add("1", []).Add("2", []).Add("3", []).Add("4", []).ToArray()));
        Unpack(new TarBuilder().File("1").File("2").Folder("3"));
    }

    [Fact]
    public void U29_archives_that_end_early()
    {
        byte[] whole = new TarBuilder().Pax(("path", "long")).File("x", new string('t', 700)).File("y").ToOpenArray();
        foreach (int length in (int[])[100, 511, 513, 1024, 1500, 2100, whole.Length - 1])
        {
            Assert.ThrowsAny<ArchiveException>(() => Unpack(whole[..length]));
            byte[] packed = TarBuilder.Gzip(whole);
            Assert.ThrowsAny<ArchiveException>(() => Unpack(packed[..(packed.Length * length / whole.Length)]));
        }

        Unpack(whole);
    }

    [Fact]
    public void U30_damaged_headers()
    {
        Assert.Contains(
            "damaged header (offset 1024 of the archive)",
            Refuse(new TarBuilder().File("x").Member("y"u8.ToArray(), '0', [], isDamaged: true)),
            StringComparison.Ordinal);
        Assert.Equal(
            "Failed to open archive (Unrecognized archive format)",
            Refuse(new TarBuilder().Member("y"u8.ToArray(), '0', [], isDamaged: true)));
        Assert.Contains(
            "hard link with contents", Refuse(new TarBuilder().Member("y"u8.ToArray(), '1', "x"u8.ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public void U31_bytes_after_the_end_are_ignored_with_a_word()
    {
        Unpack([.. new TarBuilder().File("x").File("y").ToArray(), .. new TarBuilder().File("evil").ToArray()]);

        Assert.Equal(["f x", "f y"], _cloning.Listing());
        Assert.Contains("warning: the bytes after the end of the archive were ignored", _cloning.Messages);
    }

    [Fact]
    public void U32_zip_with_two_directories_that_disagree()
    {
        byte[] contents = "text"u8.ToArray();
        Assert.Contains(
            "is something else in its header", Refuse(new ZipBuilder().Add("a", contents, headerName: "b").ToArray()), StringComparison.Ordinal);
        Assert.Contains(
            "is not where the directory says", Refuse(new ZipBuilder().Add("a", contents, offset: 5).ToArray()), StringComparison.Ordinal);
        Assert.Contains(
            "has more than its entries", Refuse(new ZipBuilder().Add("a", contents).Add("b", contents).ToArray(1)), StringComparison.Ordinal);
        Assert.Contains(
            "the archive ends early", Refuse(new ZipBuilder().Add("a", contents).ToArray(2)), StringComparison.Ordinal);
        Unpack(new ZipBuilder().Add("a", contents).Add("evil", contents, isHidden: true).Add("b", contents).ToArray());
        Assert.Equal(["f a", "f b"], _cloning.Listing());
        Assert.Contains(_cloning.Messages, static text => text.Contains("belong to no entry of its directory", StringComparison.Ordinal));
    }

    [Fact]
    public void U33_zip_entries_that_overlap() => Assert.Contains(
        "overlaps",
        Refuse(new ZipBuilder().Add("a", new byte[1000], method: 0)
            .Add("a", new byte[1000], method: 0, offset: 0, isTwin: true).ToArray()),
        StringComparison.Ordinal);

    [Fact]
    public void U34_zip_entries_that_lie()
    {
        byte[] contents = "text"u8.ToArray();
        Assert.Contains("is shorter than its size", Refuse(new ZipBuilder().Add("a", contents, statedSize: 9).ToArray()), StringComparison.Ordinal);
        Assert.Contains("does not have its size", Refuse(new ZipBuilder().Add("a", contents, statedSize: 2).ToArray()), StringComparison.Ordinal);
        Assert.Contains("does not have its checksum", Refuse(new ZipBuilder().Add("a", contents, checksum: 1).ToArray()), StringComparison.Ordinal);
        Assert.Contains("is encrypted", Refuse(new ZipBuilder().Add("a", contents, isEncrypted: true).ToArray()), StringComparison.Ordinal);
        Assert.Contains("by method 99", Refuse(new ZipBuilder().Add("a", contents, method: 99).ToArray()), StringComparison.Ordinal);
        Assert.Contains("unsupported file type", Refuse(new ZipBuilder().Add("a", contents, mode: 0x11a4).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void U35_zip_names_and_links()
    {
        Unpack(new ZipBuilder().Add("../../up", []).Add($"{_cloning.Root}/abs", []).Add("link", "../outside"u8.ToArray(), mode: 0xa1ff)
            .Add("x", [], mode: 0x81ed).ToArray());
        Assert.Equal("../outside", new FileInfo(_cloning.Join("dest", "link")).LinkTarget);
        Assert.Contains(
            "is below something that is not a folder",
            Refuse(new ZipBuilder().Add("link", TarBuilder.Latin(_cloning.Root), mode: 0xa1ff).Add("link/evil", []).ToArray()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void U36_zip_without_a_directory()
    {
        byte[] zip = new ZipBuilder().Add("a", "text"u8.ToArray()).ToArray();
        Assert.Equal("the archive has no directory", Refuse(zip[..^1]));
        for (int length = 4; length < zip.Length; length++)
        {
            Assert.ThrowsAny<FlakeException>(() => Unpack(zip[..length]));
        }
    }

    [Fact]
    public void U37_compressed_too_often()
    {
        byte[] tar = new TarBuilder().File("a").File("b").ToArray();
        Assert.Equal(
            "the archive is compressed more than 3 times",
            Refuse(TarBuilder.Gzip(TarBuilder.Gzip(TarBuilder.Gzip(TarBuilder.Gzip(tar))))));
        Unpack(TarBuilder.Gzip(TarBuilder.Gzip(TarBuilder.Gzip(tar))));
    }

    [Fact]
    public void U38_names_again_and_again() => Assert.Contains(
        "have the name of another one",
        Refuse(Enumerable.Range(0, 10_002).Aggregate(new TarBuilder(), static (tar, _) => tar.Symlink("a", "b"))),
        StringComparison.Ordinal);

    [Fact]
    public void U39_control_characters_are_not_shown() => Assert.Equal(
        @"file '\x1b[2J\x0a' in the archive has unsupported file type 4096",
        Refuse(new TarBuilder().Member(Encoding.ASCII.GetBytes("\x1b[2J\n"), '6', [])));

    [Fact]
    public void U40_a_root_that_is_no_folder_of_its_own()
    {
        Unpack(new TarBuilder().Folder("./").Folder("/").Folder("only").File("only/file"));

        Assert.Equal(["f file"], _cloning.Listing());
    }

    private static byte[] Zip(byte[] contents) => new ZipBuilder().Add("zeros", contents).ToArray();

    private string Hash(TarBuilder tar)
    {
        _cloning.AddFile("archive", tar.ToArray());
        string name = $"dest{Guid.NewGuid():N}";
        return _cloning.Clone($"file://{_cloning.Join("archive")}", name).NarHash!.ToSri();
    }

    private void Unpack(TarBuilder tar) => Unpack(tar.ToArray());

    private void Unpack(byte[] archive)
    {
        if (_cloning.HasDestination)
        {
            Directory.Delete(_cloning.Destination, recursive: true);
        }

        _cloning.AddFile("archive", archive);
        _cloning.Clone($"file://{_cloning.Join("archive")}");
    }

    private string Refuse(TarBuilder tar) => Refuse(tar.ToArray());

    private string Refuse(byte[] archive)
    {
        _cloning.AddFile("archive", archive);
        return _cloning.Fail<FlakeException>($"file://{_cloning.Join("archive")}", "refused").Message;
    }
}
