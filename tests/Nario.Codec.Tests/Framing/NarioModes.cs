using Nario.Codec.Tests.Streams;

namespace Nario.Codec.Tests.Framing;

/// <summary>All the ways to read a nario with its NARs.</summary>
public static class NarioModes
{
    /// <summary>Reads a nario in every way that looks at its NARs; they must all say the same.</summary>
    /// <returns>What they say.</returns>
    public static Verdict Read(byte[] nario)
    {
        Verdict first = Verdict.Of(() => Walk(new MemoryStream(nario), reader => reader.Nar.SkipContents = false));
        foreach ((string mode, Func<long> read) in Modes(nario))
        {
            Verdict other = Verdict.Of(read);
            Assert.True(first == other, $"token by token: {first}\n{mode}: {other}");
        }

        return first;
    }

    /// <summary>Lists a nario, passing over NARs by their stated sizes where there are any.</summary>
    public static Verdict Skip(byte[] nario)
    {
        Verdict first = Verdict.Of(() => List(new MemoryStream(nario)));
        foreach (int[] sizes in new int[][] { [int.MaxValue], [1], [4000, 20] })
        {
            Verdict other = Verdict.Of(() => List(new ForwardStream(nario, sizes)));
            Assert.True(first == other, $"seeking: {first}\nreading {sizes[0]} bytes: {other}");
        }

        return first;
    }

    private static IEnumerable<(string Mode, Func<long> Read)> Modes(byte[] nario)
    {
        yield return (
            "contents sought over", () => Walk(new MemoryStream(nario), reader => reader.Nar.SkipContents = true));
        yield return (
            "contents read past", () => Walk(new ForwardStream(nario, 5, 900), reader => reader.Nar.SkipContents = true));
        yield return ("byte by byte", () => Walk(new ForwardStream(nario, 1), _ => { }));
        yield return (
            "observed", () => Walk(new MemoryStream(nario), reader => reader.Nar.Attach(new RecordingConsumer())));
        yield return ("left to the reader", () => Leave(new MemoryStream(nario)));
        yield return ("left to the reader, from a pipe", () => Leave(new ForwardStream(nario, 3)));
        yield return ("read twice", () => ReadTwice(nario));
    }

    private static long Walk(Stream input, Action<NarioReader> prepare)
    {
        using NarioReader reader = NarioReader.Open(input);
        while (reader.Read())
        {
            prepare(reader);
            while (reader.Nar.Read())
            {
            }

            reader.ReadInfo();
        }

        return reader.Offset;
    }

    private static long Leave(Stream input)
    {
        using NarioReader reader = NarioReader.Open(input);
        while (reader.Read())
        {
        }

        return reader.Offset;
    }

    private static long List(Stream input)
    {
        using NarioReader reader = NarioReader.Open(input);
        while (reader.Read())
        {
            reader.SkipNar();
            reader.ReadInfo();
        }

        return reader.Offset;
    }

    private static long ReadTwice(byte[] nario)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
        while (reader.Read())
        {
            while (reader.Nar.Read())
            {
            }

            reader.ReadInfo();
            reader.RewindNar();
            while (reader.Nar.Read())
            {
            }
        }

        return reader.Offset;
    }
}
