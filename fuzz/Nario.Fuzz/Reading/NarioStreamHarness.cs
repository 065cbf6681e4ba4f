using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Reading;

/// <summary>The reader of a nario from a stream.</summary>
internal sealed class NarioStreamHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "nario-stream";

    /// <inheritdoc/>
    public string Description => "reads a nario from a pipe, from a file with going back, and only its infos: all agree";

    private delegate void EntryReader(NarioReader reader, NarHandling nar);

    private delegate void NarHandling(NarCursor nar);

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] content = input.ToArray();
        byte[] codes = content.Length == 0 ? [] : [content[^1]];
        using ChunkStream pipe = new(content, codes);
        using MemoryStream returning = new(content);
        using MemoryStream unread = new(content);
        using MemoryStream skipping = new(content);
        Outcome piped = Read(pipe, content.Length, ReadInOrder);
        Outcome returned = Read(returning, content.Length, ReadReturning);
        Outcome passed = Read(unread, content.Length, static (_, _) => { });
        Outcome skipped = Read(skipping, content.Length, ReadInfoOnly);

        FindingException.Unless(piped.IsAccepted == returned.IsAccepted, $"pipe against file: {piped} against {returned}");
        FindingException.Unless(
            piped.Verdict == passed.Verdict, $"NARs read against NARs passed over: {piped} against {passed}");
        FindingException.Unless(skipped.IsAccepted || !piped.IsAccepted, $"read against list: {piped} against {skipped}");
        if (piped.IsAccepted)
        {
            FindingException.Unless(piped.Infos.SequenceEqual(returned.Infos), "pipe and file tell different infos");
            FindingException.Unless(piped.Infos.SequenceEqual(skipped.Infos), "read and list tell different infos");
            FindingException.Unless(
                piped.Nars.AsSpan().SequenceEqual(returned.Nars), "pipe and file tell different contents");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Narios.Concat(samples.BrokenNarios);

    private static Outcome Read(Stream input, long length, EntryReader readEntry)
    {
        ByteCollector nars = new();
        List<string> infos = [];
        try
        {
            using NarioReader reader = NarioReader.Open(input);
            while (reader.Read())
            {
                readEntry(reader, nar => Drain(nar, nars));
                infos.Add(NarioInfoText.Of(reader.ReadInfo()));
            }

            return new Outcome(true, $"accepted, {reader.Offset} bytes", infos, nars.Bytes.ToArray());
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, length);
            return new Outcome(false, Refusal.Describe(error), infos, []);
        }
    }

    private static void Drain(NarCursor nar, ByteCollector consumer)
    {
        nar.Attach(consumer);
        while (nar.Read())
        {
        }

        nar.Detach(consumer);
    }

    private static void ReadInOrder(NarioReader reader, NarHandling nar) => nar(reader.Nar);

    private static void ReadReturning(NarioReader reader, NarHandling nar)
    {
        if (reader.Version.HasInfoFirst)
        {
            nar(reader.Nar);
            return;
        }

        reader.ReadInfo();
        reader.RewindNar();
        nar(reader.Nar);
    }

    private static void ReadInfoOnly(NarioReader reader, NarHandling nar)
    {
        reader.ReadInfo();
        reader.SkipNar();
    }

    private sealed record Outcome(bool IsAccepted, string Verdict, List<string> Infos, byte[] Nars)
    {
        public override string ToString() => $"'{Verdict}'";
    }
}
