using System.Security.Cryptography;
using System.Text;
using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Trees;

/// <summary>Writing paths as a nario of either version and reading them.</summary>
internal sealed class NarioTreeHarness : IHarness
{
    private const int MaxPaths = 4;
    private const int MaxListLength = 5;
    private const int LeastBaseNameLength = 34;
    private const int MaxBaseNameLength = 244;
    private const int MaxTextLength = 4096;
    private const int PieceLength = 1 << 16;

    /// <inheritdoc/>
    public string Name => "nario-tree";

    /// <inheritdoc/>
    public string Description => "makes paths by the input, writes them as a nario of either version, reads it: the same paths";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        NarioVersion version = NarioVersion.All[source.Next(NarioVersion.All.Count)];
        int pieceLength = 1 + (source.NextByte() * 17);
        byte[] codes = [source.NextByte()];
        int skips = source.NextByte();
        List<(NarioPathInfo Info, TreeNode Tree)> paths = NewPaths(version, pieceLength, ref source);
        byte[] nario = Write(version, paths, pieceLength);
        ArchiveKind kind = version.HasInfoFirst ? ArchiveKind.NarioV2 : ArchiveKind.NarioV1;
        Transcript whole = new Transcript().Record(kind, nario, ChunkSizes.Whole);
        FindingException.Unless(whole.IsAccepted, $"the reader refuses what the writer wrote: {whole}");
        Transcript chunked = new Transcript().Record(kind, nario, new ChunkSizes(codes, endsLate: false));
        whole.MustEqual(chunked, "whole against chunked");
        using ChunkStream pipe = new(nario, codes);
        Compare(version, paths, pipe, skips);
        using MemoryStream file = new(nario);
        Compare(version, paths, file, ~skips);
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Operations;

    /// <summary>Makes a nario.</summary>
    /// <param name="version">Of which version.</param>
    /// <param name="source">What is in it.</param>
    internal static byte[] Make(NarioVersion version, ref ByteSource source) =>
        Write(version, NewPaths(version, PieceLength, ref source), PieceLength);

    private static List<(NarioPathInfo Info, TreeNode Tree)> NewPaths(
        NarioVersion version, int pieceLength, ref ByteSource source)
    {
        List<(NarioPathInfo Info, TreeNode Tree)> paths = [];
        for (int count = source.Next(MaxPaths + 1); count > 0; count--)
        {
            NarioPathInfo info = NewInfo(version, ref source);
            TreeNode tree = TreeBuilder.Build(ref source);
            if (NarTreeHarness.TryWrite(tree, pieceLength, out byte[] nar))
            {
                paths.Add((version.HasInfoFirst ? Describe(info, nar) : info, tree));
            }
        }

        return paths;
    }

    private static NarioPathInfo NewInfo(NarioVersion version, ref ByteSource source)
    {
        NarioPathInfo info = new()
        {
            Path = NewBaseName(ref source),
            Deriver = source.NextBoolean() ? NewBaseName(ref source) : null,
            References = NewList(LeastBaseNameLength, MaxBaseNameLength, ref source),
        };
        return !version.HasInfoFirst ? info : info with
        {
            RegistrationTime = (long)(source.NextNumber() & long.MaxValue),
            IsUltimate = source.NextBoolean(),
            Signatures = NewList(0, MaxTextLength, ref source),
            ContentAddress = source.NextBoolean() ? NewText(1, MaxTextLength, ref source) : null,
        };
    }

    private static NarioPathInfo Describe(NarioPathInfo info, byte[] nar) => info with
    {
        NarHash = Convert.ToHexStringLower(SHA256.HashData(nar)),
        NarSize = (ulong)nar.Length,
    };

    private static string NewBaseName(ref ByteSource source) => NewText(LeastBaseNameLength, MaxBaseNameLength, ref source);

    private static string NewText(int least, int most, ref ByteSource source) =>
        Encoding.Latin1.GetString(source.NextBytes(source.NextLength(least, most)));

    private static List<string> NewList(int least, int most, ref ByteSource source)
    {
        List<string> list = [];
        for (int count = source.Next(MaxListLength); count > 0; count--)
        {
            list.Add(NewText(least, most, ref source));
        }

        return list;
    }

    private static byte[] Write(NarioVersion version, List<(NarioPathInfo Info, TreeNode Tree)> paths, int pieceLength)
    {
        using MemoryStream output = new();
        NarioWriter writer = new(output, version);
        foreach ((NarioPathInfo info, TreeNode tree) in paths)
        {
            ByteCollector observer = new();
            TreeReader.Read(tree, pieceLength, writer.BeginPath(info, observer));
            writer.EndPath();
            FindingException.Unless(
                info.NarHash is null || Convert.ToHexStringLower(SHA256.HashData(observer.Bytes)) == info.NarHash,
                "the observer of the writer saw other bytes than the NAR");
        }

        writer.Complete();
        return output.ToArray();
    }

    private static void Compare(
        NarioVersion version, List<(NarioPathInfo Info, TreeNode Tree)> paths, Stream input, int skips)
    {
        using NarioReader reader = NarioReader.Open(input);
        FindingException.Unless(reader.Version == version, "another version is read than was written");
        foreach ((NarioPathInfo info, TreeNode tree) in paths)
        {
            FindingException.Unless(reader.Read(), "fewer paths are read than were written");
            if ((skips & 1) == 0)
            {
                TreeSink sink = new();
                reader.Nar.CopyTo(sink);
                FindingException.Unless(
                    sink.Root is not null && tree.IsSame(sink.Root), "another tree is read than was written");
            }
            else if ((skips & 2) == 0)
            {
                reader.SkipNar();
            }

            skips >>= 2;
            FindingException.Unless(
                NarioInfoText.Of(reader.ReadInfo()) == NarioInfoText.Of(info), "another info is read than was written");
        }

        FindingException.Unless(!reader.Read(), "more paths are read than were written");
    }
}
