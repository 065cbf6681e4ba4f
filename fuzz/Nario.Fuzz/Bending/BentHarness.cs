using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Trees;

namespace Nario.Fuzz.Bending;

/// <summary>Reading archives that are right but for a few words.</summary>
internal sealed class BentHarness : IHarness
{
    private static readonly ulong[] Numbers =
        [0, 1, 2, 3, 4, '"', '/', 33, 256, 4097, 1001, 1_000_001, 1UL << 63, ulong.MaxValue];

    /// <inheritdoc/>
    public string Name => "bent";

    /// <inheritdoc/>
    public string Description => "makes an archive by the input and bends words of it: one verdict, however it is read";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        ArchiveKind kind = (ArchiveKind)source.Next(3);
        byte[] codes = [source.NextByte(), source.NextByte()];
        ByteSource changes = source;
        for (int skipped = WordBender.ShortSpelling * 4; skipped >= 0; skipped--)
        {
            source.NextByte();
        }

        byte[] right = Make(kind, ref source);
        byte[] bent = WordBender.Bend(right, ref changes);
        Transcript whole = new Transcript().Record(kind, bent, ChunkSizes.Whole);
        whole.MustEqual(
            new Transcript().Record(kind, bent, new ChunkSizes(codes, endsLate: true)), "whole against chunked");
        Transcript read = new Transcript(keepsContents: false, keepsCuts: false).Record(kind, bent, ChunkSizes.Whole);
        Transcript passed =
            new Transcript(keepsContents: false, keepsCuts: false).Record(kind, bent, new ChunkSizes(codes, endsLate: false), skip: true);
        read.MustEqual(passed, "contents read against contents passed over");
        if (kind != ArchiveKind.Nar)
        {
            whole.MustEndLike(
                new Transcript(readsNars: false).Record(kind, bent, new ChunkSizes(codes, endsLate: true)),
                "NARs read against NARs left to the reader around them");
        }

        StateCheck.Run(kind, bent, right, whole.IsAccepted);
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        byte[][] archives = [.. Enum.GetValues<ArchiveKind>().Select(DescribeExample)];
        for (int kind = 0; kind < archives.Length; kind++)
        {
            ByteSource source = new(archives[kind]);
            int words = Make((ArchiveKind)kind, ref source).Length / sizeof(ulong);
            for (int place = 0; place < words; place++)
            {
                foreach (byte[] change in GetChanges())
                {
                    byte[] head = [(byte)kind, 3, 40, 1, change[0], (byte)(place >> 8), (byte)place, .. change[1..]];
                    byte[] room = new byte[3 + (WordBender.ShortSpelling * 4) + 1 - head.Length];
                    yield return [.. head, .. room, .. archives[kind]];
                }
            }
        }

        // As deep as a NAR may be, and deeper.
        foreach (byte depth in (byte[])[62, 63, 64, 70])
        {
            yield return [.. new byte[4 + (WordBender.ShortSpelling * 4)], 2, 11, depth];
        }
    }

    /// <summary>Makes an archive that has most of what there can be.</summary>
    internal static byte[] MakeExample(ArchiveKind kind)
    {
        ByteSource source = new(DescribeExample(kind));
        return Make(kind, ref source);
    }

    private static byte[] DescribeExample(ArchiveKind kind)
    {
        byte[] name = [0, .. "0123456789abcdfghijklmnpqrsvwxyz-n"u8];
        byte[] tree =
        [
            2,
            0, 2, .. "abc"u8, 1, 5, .. "hello"u8, 0,
            2, 0, (byte)'l', 2, .. "xyz"u8,
            3, 0, (byte)'z',
            0, 0, (byte)'f', 0, 3, .. "end"u8, 0,
        ];
        byte[] common = [.. name, 1, .. name, 2, .. name, .. name];
        byte[] version2 = [.. common, 1, 7, 1, 2, 3, .. "sig"u8, 0, 1, 4, .. "fixed"u8];
        return kind switch
        {
            ArchiveKind.Nar => tree,
            ArchiveKind.NarioV1 => [1, .. common, .. tree],
            ArchiveKind.NarioV2 => [1, .. version2, .. tree],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static IEnumerable<byte[]> GetChanges()
    {
        foreach (ulong number in Numbers)
        {
            byte[] bytes = BitConverter.GetBytes(number);
            yield return [0, sizeof(ulong), .. bytes];
        }

        yield return [1, 1, 0];
        yield return [1, 1, sizeof(ulong) - 1];
        yield return [3, 0];
        yield return [4, 0];
        yield return [4, 1, 3];
    }

    private static byte[] Make(ArchiveKind kind, ref ByteSource source)
    {
        if (kind != ArchiveKind.Nar)
        {
            return NarioTreeHarness.Make(NarioVersion.All[kind == ArchiveKind.NarioV1 ? 0 : 1], ref source);
        }

        TreeNode tree = TreeBuilder.Build(ref source);
        byte[] nar = RawNar.Write(tree);
        FindingException.Unless(
            !NarTreeHarness.TryWrite(tree, nar.Length, out byte[] written) || written.AsSpan().SequenceEqual(nar),
            "the writer writes other bytes than the format asks for");
        return nar;
    }
}
