using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>All the ways to read one NAR.</summary>
public static class NarModes
{
    /// <summary>Reads a NAR in every way, which must all say the same.</summary>
    /// <returns>What they say.</returns>
    public static Verdict Read(byte[] nar)
    {
        Verdict first = Verdict.Of(() => Pull(nar, int.MaxValue, skipContent: false));
        foreach ((string mode, Func<long> read) in Modes(nar))
        {
            Verdict other = Verdict.Of(read);
            Assert.True(first == other, $"read as one block: {first}\n{mode}: {other}");
        }

        return first;
    }

    private static IEnumerable<(string Mode, Func<long> Read)> Modes(byte[] nar)
    {
        int[] all = [];
        int[] single = [1];
        yield return ("pull reader, contents skipped", () => Pull(nar, int.MaxValue, skipContent: true));
        yield return ("pull reader, small blocks", () => Pull(nar, 1, skipContent: false));
        yield return ("pull reader, small blocks, contents skipped", () => Pull(nar, 1, skipContent: true));
        foreach (int[] sizes in new[] { all, single, [7, 300, 2] })
        {
            string piece = string.Join(',', sizes);
            yield return ($"cursor [{piece}]", () => Walk(new NarCursor(new ForwardStream(nar, sizes))));
            NarCursor Open() => new(new ForwardStream(nar, sizes));
            yield return ($"cursor, skipping [{piece}]", () => Walk(Open(), skipContents: true));
            yield return ($"cursor, hashing [{piece}]", () => Walk(Open(), new RecordingConsumer()));
            yield return (
                $"cursor, hashing and skipping [{piece}]", () => Walk(Open(), new RecordingConsumer(), skipContents: true));
        }

        yield return ("cursor, seeking", () => Walk(new NarCursor(new MemoryStream(nar)), skipContents: true));
        yield return ("cursor, into a sink", () => CopyToSink(nar));
        yield return ("cursor, contents as streams", () => ReadContents(nar));
    }

    /// <summary>Drives the generated reader with blocks that grow by some bytes whenever they are too small.</summary>
    private static long Pull(byte[] nar, int growth, bool skipContent)
    {
        NarState state = new();
        int length = 0;
        while (true)
        {
            int begin = (int)Math.Min(state.Offset, nar.Length);
            length = (int)Math.Min((long)length + growth, nar.Length - begin);
            NarReader reader = new(
                nar.AsSpan(begin, length), begin + length == nar.Length, state)
            { SkipContent = skipContent };
            while (reader.Read())
            {
            }

            length -= Math.Min(length, reader.Consumed);
            if (state.IsComplete)
            {
                return state.Offset;
            }

            if (state.Offset > nar.Length)
            {
                // The reader was told to pass over what is not there; a caller notices that and says so.
                long missing = state.Offset - nar.Length;
                state.Unskip(missing);
            }
        }
    }

    private static long Walk(NarCursor nar, IBlockConsumer? consumer = null, bool skipContents = false)
    {
        if (consumer is not null)
        {
            nar.Attach(consumer);
        }

        nar.SkipContents = skipContents;
        while (nar.Read())
        {
        }

        return nar.Offset;
    }

    private static long CopyToSink(byte[] bytes)
    {
        NarCursor nar = new(new MemoryStream(bytes));
        nar.CopyTo(new TreeSink());
        return nar.Offset;
    }

    private static long ReadContents(byte[] bytes)
    {
        NarCursor nar = new(new ForwardStream(bytes, 11)) { SkipContents = true };
        while (nar.Read())
        {
            if (nar.Token == NarToken.File)
            {
                using Stream contents = nar.OpenContents();
                contents.CopyTo(Stream.Null);
            }
        }

        return nar.Offset;
    }
}
