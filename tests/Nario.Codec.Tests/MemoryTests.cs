using Nario.Codec.Blocks;
using Nario.Codec.Tests.Framing;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests;

/// <summary>Memory is a few blocks, whatever the input is or claims to be.</summary>
public sealed class MemoryTests
{
    private const long Bound = 2 << 20;

    private const long Large = 5L << 30;

    private const string Name = "0123456789abcdfghijklmnpqrsvwxyz-name";

    public static TheoryData<int, bool> Ways => new()
    {
        { 1, false },
        { 1, true },
        { 2, false },
        { 2, true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void R07_A_file_of_5_GiB_is_sought_over(int version, bool leavesToReader)
    {
        (byte[] before, byte[] after) = Around(version, Large);
        SparseStream input = new(before, Large, after, canSeek: true);
        long size = 0;
        long allocated = Measure(() =>
        {
            using NarioReader reader = NarioReader.Open(input);
            Assert.True(reader.Read());
            if (!leavesToReader)
            {
                long start = reader.Offset;
                reader.SkipNar();
                size = reader.Offset - start;
            }

            Assert.False(reader.Read());
            Assert.Equal(input.Length, reader.Offset);
        });
        Assert.InRange(allocated, 1, Bound);
        Assert.InRange(input.BytesRead, 1, 3 * BlockRing.BlockSize);
        Assert.Equal(leavesToReader ? 0 : Size(Large), size);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void R07_A_large_file_streams_through(int version, bool asStream)
    {
        const long Length = 300L << 20;
        (byte[] before, byte[] after) = Around(version, Length);
        CountingSink sink = new();
        long allocated = Measure(() =>
        {
            using NarioReader reader = NarioReader.Open(new SparseStream(before, Length, after, canSeek: false));
            Assert.True(reader.Read());
            if (asStream)
            {
                Assert.True(reader.Nar.Read());
                using Stream contents = reader.Nar.OpenContents();
                Span<byte> buffer = stackalloc byte[4096];
                for (int count = 1; count > 0;)
                {
                    count = contents.Read(buffer);
                    sink.WriteContents(buffer[..count]);
                }
            }
            else
            {
                reader.Nar.CopyTo(sink);
            }

            Assert.False(reader.Read());
        });
        Assert.Equal(Length, sink.ContentBytes);
        Assert.InRange(allocated, 1, Bound);
    }

    [Fact]
    public void A_NAR_that_is_read_once_more_is_read_in_whole_blocks()
    {
        const int BlockCount = 8;
        const long Length = BlockCount * BlockRing.BlockSize;
        (byte[] before, byte[] after) = Around(1, Length);
        SparseStream input = new(before, Length, after, canSeek: true);
        using NarioReader reader = NarioReader.Open(input);
        Assert.True(reader.Read());
        reader.ReadInfo();
        int readBefore = input.ReadCount;

        reader.RewindNar();
        reader.Nar.CopyTo(new CountingSink());

        // One more on either side of the file, and one for what is left of its last block.
        Assert.InRange(input.ReadCount - readBefore, BlockCount, BlockCount + 3);
    }

    [Fact]
    public void R07_A_file_of_5_GiB_is_written()
    {
        byte[] chunk = new byte[1 << 20];
        CountingStream output = new();
        long allocated = Measure(() =>
        {
            NarioWriter writer = new(output, NarioVersion.Find(2)!);
            INarSink sink = writer.BeginPath(Info(Large));
            sink.BeginFile(isExecutable: false, (ulong)Large);
            for (long written = 0; written < Large; written += chunk.Length)
            {
                sink.WriteContents(chunk);
            }

            writer.EndPath();
            writer.Complete();
        });
        (byte[] before, byte[] after) = Around(2, Large);
        Assert.Equal(before.Length + Large + after.Length, output.Length);
        Assert.InRange(allocated, 1, Bound);
    }

    [Fact]
    public void D03_A_million_entries_pass_through()
    {
        const int Count = 1_000_000;
        const string First = "0000000";
        Node link = new LinkNode("t"u8.ToArray());
        byte[] piece = new Wire().Text("entry", "(", "name", First, "node").NodeOf(link).Text(")").ToArray();
        NumberedEntriesStream input = new(
            new Wire().Text("nix-archive-1", "(", "type", "directory").ToArray(),
            piece,
            piece.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(First)),
            First.Length,
            Count,
            new Wire().Text(")").ToArray());
        CountingSink sink = new();
        long allocated = Measure(() => new NarCursor(input).CopyTo(sink));
        Assert.Equal(Count, sink.Entries);
        Assert.InRange(allocated, 1, Bound);
    }

    [Fact]
    public void N06_Lengths_allocate_nothing()
    {
        string[][] fields =
        [
            [], ["nix-archive-1"], ["nix-archive-1", "(", "type"], ["nix-archive-1", "(", "type", "regular"],
            ["nix-archive-1", "(", "type", "regular", "contents"],
            ["nix-archive-1", "(", "type", "regular", "executable"],
            ["nix-archive-1", "(", "type", "symlink", "target"], ["nix-archive-1", "(", "type", "directory"],
            ["nix-archive-1", "(", "type", "directory", "entry", "(", "name"],
        ];
        foreach (string[] field in fields)
        {
            foreach (ulong length in NarFramingTests.OddLengths)
            {
                byte[] nar = new Wire().Text(field).Number(length).ToArray();
                CheckBound(() => new NarCursor(new MemoryStream(nar)).CopyTo(new CountingSink()));
                CheckBound(
                    () => new NarCursor(new ForwardStream(nar, 1)) { SkipContents = true }.CopyTo(new CountingSink()));
            }
        }
    }

    [Fact]
    public void V14_V15_W07_Counts_and_lengths_of_infos_allocate_nothing()
    {
        Wire one = new Wire().Number(1).NarOf(new FileNode([])).Raw("NIXE\0\0\0\0"u8);
        Wire two = new Wire().Raw("NARIO2\0\0"u8).Number(1);
        byte[][] fields =
        [
            one.ToArray(),
            one.Text($"/nix/store/{Name}").ToArray(),
            one.Number(0).ToArray(),
            one.Text("").Number(1).ToArray(),
            two.ToArray(),
            two.Text(Name).ToArray(),
            two.Text("").ToArray(),
            two.Text(new string('0', 64)).ToArray(),
            two.Number(0).Number(0).ToArray(),
            two.Number(0).Number(0).ToArray(),
            two.Number(0).ToArray(),
        ];
        foreach (byte[] field in fields)
        {
            foreach (ulong value in NarFramingTests.OddLengths.Append(1_000_000UL))
            {
                byte[] nario = [.. field, .. new Wire().Number(value).ToArray()];
                CheckBound(() =>
                {
                    using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
                    while (reader.Read())
                    {
                        reader.SkipNar();
                    }
                });
            }
        }
    }

    private static (byte[] Before, byte[] After) Around(int version, long length)
    {
        Wire before = new();
        Wire after = new Wire().Text(")");
        if (version == 1)
        {
            before.Number(1);
            SampleNario.WriteInfo1(after, Info(length));
        }
        else
        {
            before.Raw("NARIO2\0\0"u8).Number(1);
            SampleNario.WriteInfo2(before, Info(length));
        }

        before.Text("nix-archive-1", "(", "type", "regular", "contents").Number((ulong)length);
        return (before.ToArray(), after.Number(0).ToArray());
    }

    private static long Size(long length) => Wire.Nar(new FileNode([])).Length + length;

    private static NarioPathInfo Info(long length) =>
        new() { Path = Name, NarHash = new string('0', 64), NarSize = (ulong)Size(length) };

    private static void CheckBound(Action read) =>
        Assert.True(Measure(() => Verdict.Of(() =>
        {
            read();
            return 0;
        })) < Bound);

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
