using System.Buffers;
using Nario.Codec;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>The tokens of a NAR, by itself or inside a nario.</summary>
internal static class NarTokens
{
    public const string Prefix = "nar.";

    public const string Content = Prefix + nameof(NarToken.Contents);

    public static BlockResult Read(
        ReadOnlySpan<byte> block,
        bool isFinal,
        bool skipContent,
        Trace trace,
        NarState state)
    {
        NarReader reader = new(block, isFinal, state) { SkipContent = skipContent };
        while (reader.Read())
        {
            string token = Prefix + reader.Token;
            switch (reader.Token)
            {
                case NarToken.Contents:
                    trace.AddPiece(token, reader.Contents);
                    break;
                case NarToken.File:
                    Assert.Equal(reader.File.Tag == Nar.FileTagName.Executable, reader.File.IsExecutable);
                    trace.Add(new TraceItem(token, (ulong)reader.File.Tag, reader.File.Length));
                    break;
                case NarToken.Symlink:
                    trace.Add(new TraceItem(token, reader.Symlink));
                    break;
                case NarToken.Entry:
                    trace.Add(new TraceItem(token, reader.Entry));
                    break;
                default:
                    trace.Add(new TraceItem(token));
                    break;
            }
        }

        return new BlockResult(reader.Consumed, reader.BytesToSkip, state.IsComplete);
    }

    public static void Write(IEnumerable<TraceItem> items, int pieceSize, IBufferWriter<byte> output, NarState state)
    {
        NarWriter<IBufferWriter<byte>> writer = new(output, state);
        foreach (TraceItem item in items)
        {
            switch (Enum.Parse<NarToken>(item.Token[Prefix.Length..]))
            {
                case NarToken.File:
                    writer.WriteFile((Nar.FileTagName)item.NumberAt(0), item.NumberAt(1));
                    break;
                case NarToken.Contents:
                    foreach (byte[] piece in item.BytesAt().Chunk(Math.Max(1, pieceSize)))
                    {
                        writer.WriteContents(piece);
                    }

                    break;
                case NarToken.Symlink:
                    writer.WriteSymlink(item.BytesAt());
                    break;
                case NarToken.DirectoryStart:
                    writer.WriteDirectoryStart();
                    break;
                case NarToken.Entry:
                    writer.WriteEntry(item.BytesAt());
                    break;
                case NarToken.DirectoryEnd:
                    writer.WriteDirectoryEnd();
                    break;
            }
        }

        writer.Complete();
    }

    public static IReadOnlyList<TraceItem> Make(Random random)
    {
        List<TraceItem> items = [];
        MakeNode(random, items, 1);
        return items;
    }

    private static void MakeNode(Random random, List<TraceItem> items, int depth)
    {
        int kind = random.Next(depth < 5 ? 4 : 2);
        if (kind == 0)
        {
            byte[] contents = new byte[random.Next(60)];
            random.NextBytes(contents);
            items.Add(new TraceItem(Prefix + nameof(NarToken.File), (ulong)random.Next(2), (ulong)contents.Length));
            if (contents.Length > 0)
            {
                items.Add(new TraceItem(Content, contents));
            }
        }
        else if (kind == 1)
        {
            items.Add(new TraceItem(Prefix + nameof(NarToken.Symlink), Name(random, 30)));
        }
        else
        {
            items.Add(new TraceItem(Prefix + nameof(NarToken.DirectoryStart)));
            SortedSet<string> names = new(StringComparer.Ordinal);
            for (int count = random.Next(4); count > 0; count--)
            {
                names.Add(Convert.ToHexString(Name(random, 12)));
            }

            // Hexadecimal digits sort as the bytes do.
            foreach (string name in names)
            {
                items.Add(new TraceItem(Prefix + nameof(NarToken.Entry), name));
                MakeNode(random, items, depth + 1);
            }

            items.Add(new TraceItem(Prefix + nameof(NarToken.DirectoryEnd)));
        }
    }

    private static byte[] Name(Random random, int longest)
    {
        byte[] name = new byte[random.Next(1, longest + 1)];
        random.NextBytes(name);
        return [.. name.Select(value => value is 0 or (byte)'/' or (byte)'.' ? (byte)'a' : value)];
    }
}
