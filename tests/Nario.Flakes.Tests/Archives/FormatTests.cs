using Nario.Flakes.Tests.Support;

namespace Nario.Flakes.Tests.Archives;

/// <summary>One archive in every format, and what becomes of its top folder.</summary>
public sealed class FormatTests : IDisposable
{
    /// <summary>A tar with <c>top/file</c>, by <c>xz -9</c>.</summary>
    private const string Xz =
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Cf/AIBdADobymMkBJSzSsi80f5CS2M3itk9pIcCqkx34jM49DZ1rU2hA1xlqne9/5lrtI2TPj3hxeP9oes8"
        + "lYZe6rDu727B59UikcVAOS0EUhjKCUNKHIT5NzRLLb4cO9WoY+g5dQzkZ95egJw4cKdSSDn8Y8nm4gsy2dIjxh1YoPFlD6/+AK7HZ0s8PimfAAGcAYBQ"
        + "AADes3QVscRn+wIAAAAABFla";

    /// <summary>The same by <c>bzip2</c>.</summary>
    private const string Bzip2 =
        "QlpoOTFBWSZTWe90txMAALR7kMmQAEhAAP+AAERjJN5ABAAACCAAkoSomQPUAADI9IJKKe1CZNoajNCbSMoHU7vWVYyQFtiQClgxKt4UPJGDywQhwi96"
        + "VCUASYcC0nUexwKBFxVEmYNAmXPzY4oKapknHIOYYEG7+Q2B5EZE0EPh4KpJWyJZCQdi7kinChId7pbiYA==";

    private readonly Support.Cloning _cloning = new();

    public void Dispose() => _cloning.Dispose();

    [Theory]
    [InlineData("tar")]
    [InlineData("gzip")]
    [InlineData("gzip twice")]
    [InlineData("xz")]
    [InlineData("xz twice")]
    [InlineData("bzip2")]
    [InlineData("bzip2 twice")]
    [InlineData("zstd")]
    [InlineData("zstd twice")]
    [InlineData("zip")]
    public void Unpacks(string format)
    {
        _cloning.AddFile("archive", Make(format));

        _cloning.Clone($"file://{_cloning.Join("archive")}");

        Assert.Equal(["f file"], _cloning.Listing());
        Assert.Equal("text\n", File.ReadAllText(_cloning.Join("dest", "file")));
    }

    /// <summary>Each byte of the data is checked by something: a change is seen, or changes nothing.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    [InlineData("zip")]
    public void Damage_is_seen(string format)
    {
        byte[] archive = Make(format);
        for (int index = 0; index < archive.Length; index++)
        {
            byte[] damaged = [.. archive];
            damaged[index] ^= 0x10;
            _cloning.AddFile("archive", damaged);
            try
            {
                _cloning.Clone($"file://{_cloning.Join("archive")}");
                Assert.Equal("text\n", File.ReadAllText(FindFile()));
                Directory.Delete(_cloning.Destination, recursive: true);
            }
            catch (FlakeException)
            {
                Assert.False(_cloning.HasDestination);
            }
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void Truncation_is_seen(string format)
    {
        byte[] archive = Make(format);
        for (int length = 1; length < archive.Length; length += 3)
        {
            _cloning.AddFile("archive", archive[..length]);
            _cloning.Fail<FlakeException>($"file://{_cloning.Join("archive")}");
        }
    }

    [Fact]
    public void Two_at_the_top_stay_where_they_are()
    {
        _cloning.AddFile("archive", new TarBuilder().File("top/file").File("other").ToGzip());

        _cloning.Clone($"file://{_cloning.Join("archive")}");

        Assert.Equal(["f other", "d top", "f top/file"], _cloning.Listing());
    }

    [Fact]
    public void Only_one_folder_goes()
    {
        _cloning.AddFile("archive", new TarBuilder().File("a/b/c").ToArray());

        _cloning.Clone($"file://{_cloning.Join("archive")}");

        Assert.Equal(["d b", "f b/c"], _cloning.Listing());
    }

    [Fact]
    public void A_single_file_stays()
    {
        _cloning.AddFile("archive", new TarBuilder().File("only", mode: 0x1ff).ToArray());

        _cloning.Clone($"file://{_cloning.Join("archive")}");

        Assert.Equal(["x only"], _cloning.Listing());
    }

    [Fact]
    public void An_empty_file_is_an_empty_tree()
    {
        _cloning.AddFile("archive", []);
        _cloning.Options = _cloning.Options with { ComputesHash = true };

        CloneResult result = _cloning.Clone($"file://{_cloning.Join("archive")}");

        Assert.Equal("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=", result.NarHash!.ToSri());
    }

    [Theory]
    [InlineData("lz4", new byte[] { 0x04, 0x22, 0x4d, 0x18, 0x64 })]
    [InlineData("lzip", new byte[] { 0x4c, 0x5a, 0x49, 0x50, 0x01 })]
    public void Formats_that_are_not_unpacked_are_named(string name, byte[] bytes)
    {
        _cloning.AddFile("archive", bytes);

        Assert.Equal($"the format {name} is not supported", _cloning.Fail($"file://{_cloning.Join("archive")}"));
    }

    [Fact]
    public void What_is_no_archive()
    {
        _cloning.AddFile("archive", "{ outputs = _: { }; }\n");

        Assert.Equal(
            "Failed to open archive (Unrecognized archive format)", _cloning.Fail($"file://{_cloning.Join("archive")}"));
        Assert.Equal($"tarball \"{_cloning.Join("none")}\" does not exist.", _cloning.Fail($"file://{_cloning.Join("none")}"));
        Directory.CreateDirectory(_cloning.Join("folder"));
        Assert.Equal(
            $"tarball \"{_cloning.Join("folder")}\" is a directory, not a file.", _cloning.Fail($"file://{_cloning.Join("folder")}"));
        Directory.CreateDirectory(_cloning.Join("folder", ".git"));
        Assert.Contains("is a git repository, not a tarball", _cloning.Fail($"file://{_cloning.Join("folder")}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_taken_as_it_is()
    {
        byte[] archive = Make("gzip");
        _cloning.AddFile("archive", archive);

        _cloning.Clone($"file+file://{_cloning.Join("archive")}");

        Assert.Equal(archive, File.ReadAllBytes(_cloning.Destination));
    }

    /// <summary>git writes the commit into the archive, and the times tell when it changed.</summary>
    [Fact]
    public void Commit_and_time_are_checked()
    {
        string commit = new('c', 40);
        _cloning.AddFile("archive", new TarBuilder().GlobalPax(("comment", commit)).File("a").File("b").ToGzip());
        string reference = $"file://{_cloning.Join("archive")}";

        _cloning.Clone($"{reference}?rev={commit}&lastModified=1000000000");

        Assert.Equal(commit, _cloning.Fail<PinMismatchException>($"{reference}?rev={new string('d', 40)}", "x").Actual);
        Assert.Equal("1000000000", _cloning.Fail<PinMismatchException>($"{reference}?lastModified=5", "x").Actual);
        Assert.DoesNotContain(_cloning.Messages, static text => text.Contains("is not checked", StringComparison.Ordinal));
    }

    private static byte[] Make(string format)
    {
        byte[] tar = new TarBuilder().Folder("top/").File("top/file", "text\n").ToArray();
        byte[] once = format.Split(' ')[0] switch
        {
            "tar" => tar,
            "gzip" => TarBuilder.Gzip(tar),
            "xz" => Convert.FromBase64String(Xz),
            "bzip2" => Convert.FromBase64String(Bzip2),
            "zstd" => Zstd(tar),
            _ => new ZipBuilder().Add("top/", [], mode: 0x41ed, method: 0).Add("top/file", "text\n"u8.ToArray()).ToArray(),
        };
        return format.EndsWith("twice", StringComparison.Ordinal) ? Twice(format, tar) : once;
    }

    /// <summary>Gets the archive as two streams one after the other, as some tools write them.</summary>
    private static byte[] Twice(string format, byte[] tar) => format.Split(' ')[0] switch
    {
        "gzip" => [.. TarBuilder.Gzip(tar[..600]), .. TarBuilder.Gzip(tar[600..])],
        "zstd" => [.. Zstd(tar[..600]), .. Zstd(tar[600..])],

        // What follows the end of the archive is a whole stream more.
        "xz" => [.. Convert.FromBase64String(Xz), .. Convert.FromBase64String(Xz)],
        _ => [.. Convert.FromBase64String(Bzip2), .. Convert.FromBase64String(Bzip2)],
    };

    private static byte[] Zstd(byte[] bytes)
    {
        using MemoryStream output = new();
        using (ZstdSharp.CompressionStream zstd = new(output, leaveOpen: true))
        {
            zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            zstd.Write(bytes);
        }

        return output.ToArray();
    }

    private string FindFile() => Directory.EnumerateFiles(_cloning.Destination, "*", SearchOption.AllDirectories).Single();
}
