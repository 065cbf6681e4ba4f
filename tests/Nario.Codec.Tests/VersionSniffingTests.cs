using System.IO.Compression;
using Nario.Codec.Tests.Framing;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests;

/// <summary>How the first bytes tell the version.</summary>
public sealed class VersionSniffingTests
{
    [Fact]
    public void Zero_or_one_is_version_1()
    {
        Assert.Equal(1, VersionOf(new Wire().Number(0).ToArray()));
        Assert.Equal(1, VersionOf(new Wire().Number(1).ToArray()));
        Assert.Equal(1, VersionOf(new Wire().Number(0).Raw("rest"u8).ToArray()));
    }

    [Fact]
    public void The_magic_is_version_2()
    {
        Assert.Equal(2, VersionOf("NARIO2\0\0"u8.ToArray()));
        Assert.Equal(2, VersionOf("NARIO2\0\0rest"u8.ToArray()));
    }

    [Fact]
    public void Opening_waits_for_no_more_than_it_needs()
    {
        foreach (byte[] bytes in (byte[][])[new Wire().Number(1).ToArray(), "NARIO2\0\0"u8.ToArray()])
        {
            using NarioReader reader = NarioReader.Open(new ForwardStream(bytes, 1) { StaysOpen = true });
            Assert.Null(reader.Info);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("N")]
    [InlineData("NARIO2\0")]
    [InlineData("garbage")]
    [InlineData("\x1f\x8b")]
    public void Fewer_bytes_than_tell_the_version_are_truncated(string text)
    {
        NarioFormatException error = Fail(System.Text.Encoding.Latin1.GetBytes(text));
        Assert.True(error.IsTruncated);
        Assert.Equal(text.Length, error.Offset);
        Assert.Equal($"unexpected end-of-file (offset {text.Length})", error.Message);
    }

    [Theory]
    [InlineData("12345678")]
    [InlineData("nix-archive-1")]
    [InlineData("\r\0\0\0\0\0\0\0nix-archive-1\0\0\0")]
    public void Anything_else_is_no_nario(string text)
    {
        NarioFormatException error = Fail(System.Text.Encoding.Latin1.GetBytes(text));
        Assert.Equal("input doesn't look like a nario", error.Message);
        Assert.False(error.IsTruncated);
        Assert.Equal(0, error.Offset);
    }

    [Theory]
    [InlineData("zstd", "28B52FFD0400000000")]
    [InlineData("xz", "FD377A585A000004E6")]
    [InlineData("bzip2", "425A68393141592653")]
    [InlineData("gzip", "1F8B0800000000000003")]
    public void N05_Compressed_files_are_recognized(string name, string prefix)
    {
        NarioFormatException error = Fail(Convert.FromHexString(prefix));
        Assert.StartsWith("input doesn't look like a nario", error.Message, StringComparison.Ordinal);
        Assert.Contains($"looks compressed with {name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void N05_What_gzip_writes_is_recognized()
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new Wire().Number(0).ToArray());
        }

        Assert.Contains("compressed with gzip", Fail(output.ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_found_by_their_numbers()
    {
        Assert.Equal([1, 2], NarioVersion.All.Select(version => version.Number));
        Assert.Equal([false, true], NarioVersion.All.Select(version => version.HasInfoFirst));
        Assert.Same(NarioVersion.All[1], NarioVersion.Find(2));
        Assert.Null(NarioVersion.Find(3));
    }

    private static int VersionOf(byte[] bytes)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        using NarioReader slow = NarioReader.Open(new ForwardStream(bytes, 1));
        Assert.Same(reader.Version, slow.Version);
        return reader.Version.Number;
    }

    private static NarioFormatException Fail(byte[] bytes)
    {
        NarioFormatException error = Assert.Throws<NarioFormatException>(
            () => NarioReader.Open(new ForwardStream(bytes, 1)));
        using MemoryStream input = new(bytes);
        Assert.Equal(error.Message, Assert.Throws<NarioFormatException>(() => NarioReader.Open(input)).Message);
        Assert.True(input.CanRead);
        Assert.Equal(Verdict.Of(() => throw error), NarioModes.Read(bytes));
        return error;
    }
}
