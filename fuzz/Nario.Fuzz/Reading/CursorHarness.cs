using Nario.Codec;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Reading;

/// <summary>The reader of a NAR from a stream.</summary>
internal sealed class CursorHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "cursor";

    /// <inheritdoc/>
    public string Description => "reads a NAR from a file and a pipe, observed or passed over: what the generated reader tells";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> rest = input;
        ChunkSizes.Cut(ref rest);
        byte[] codes = rest.Length == input.Length ? [] : input[1..(input.Length - rest.Length)].ToArray();
        byte[] content = rest.ToArray();
        Transcript expected = new Transcript().Record(ArchiveKind.Nar, rest, ChunkSizes.Whole);
        Transcript headers = new Transcript(keepsContents: false).Record(ArchiveKind.Nar, rest, ChunkSizes.Whole);

        using MemoryStream file = new(content);
        using ChunkStream pipe = new(content, codes);
        expected.MustEqual(ReadObserved(pipe, content), "the generated reader against a pipe");
        headers.MustEqual(ReadSkipping(file, content), "the generated reader against a file whose contents are passed over");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) =>
        samples.Nars.Select(nar => (byte[])[.. ChunkSizes.MakePrefix(endsLate: false, 20, 0x90), .. nar]);

    private static Transcript ReadObserved(Stream input, byte[] content)
    {
        ByteCollector consumer = new();
        NarCursor cursor = new(input);
        cursor.Attach(consumer);
        Transcript transcript = new();
        try
        {
            while (cursor.Read())
            {
                if (cursor.Token == NarToken.File)
                {
                    transcript.BeginFile(cursor.IsExecutable, cursor.Length);
                    ReadContents(cursor, transcript);
                }
                else
                {
                    Take(cursor, transcript);
                }
            }

            transcript.EndNar();
            transcript.Accept(cursor.Offset);
            cursor.Detach(consumer);
            FindingException.Unless(
                consumer.Bytes.SequenceEqual(content.AsSpan(0, (int)cursor.Offset)), "the consumer got other bytes");
        }
        catch (NarioFormatException error)
        {
            transcript.Refuse(error, content.Length);
        }

        return transcript;
    }

    private static Transcript ReadSkipping(Stream input, byte[] content)
    {
        NarCursor cursor = new(input) { SkipContents = true };
        Transcript transcript = new(keepsContents: false);
        try
        {
            while (cursor.Read())
            {
                FindingException.Unless(cursor.Token != NarToken.Contents, "contents are told though they are passed over");
                if (cursor.Token == NarToken.File)
                {
                    transcript.BeginFile(cursor.IsExecutable, cursor.Length);
                }
                else
                {
                    Take(cursor, transcript);
                }
            }

            transcript.EndNar();
            transcript.Accept(cursor.Offset);
        }
        catch (NarioFormatException error)
        {
            transcript.Refuse(error, content.Length);
        }

        return transcript;
    }

    private static void ReadContents(NarCursor cursor, Transcript transcript)
    {
        using Stream contents = cursor.Length <= long.MaxValue ? cursor.OpenContents() : Stream.Null;
        byte[] block = new byte[1000];
        int count;
        while ((count = contents.Read(block)) > 0)
        {
            transcript.AddContents(block.AsSpan(0, count));
        }
    }

    private static void Take(NarCursor cursor, Transcript transcript)
    {
        switch (cursor.Token)
        {
            case NarToken.Entry:
                transcript.Add(cursor.Token, cursor.Name);
                break;
            case NarToken.Symlink:
                transcript.Add(cursor.Token, cursor.Target);
                break;
            default:
                transcript.Add(cursor.Token, []);
                break;
        }
    }
}
