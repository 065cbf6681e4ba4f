using System.Buffers;
using Nario.Codec;
using Nario.Ksy.Generator.Tests.Formats;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>A format with a generated reader and writer, in a shape that one set of properties can drive.</summary>
public abstract class StreamFormat
{
    /// <summary>All formats that the properties must hold for.</summary>
    public static IReadOnlyList<StreamFormat> All { get; } =
    [new NarFormat(), new NarioV1Format(), new NarioV2Format(), new MemberArchiveFormat(), new TaggedRecordsFormat()];

    /// <summary>Names of the tokens that are pieces of streamed fields.</summary>
    public abstract string ContentToken { get; }

    /// <summary>The size of block that is always enough for the next token.</summary>
    public abstract int MinimumBlockSize { get; }

    /// <summary>Whether a document that ends early can be a whole document as well.</summary>
    public virtual bool EndsAnywhere => false;

    /// <summary>Whether there is only one encoding of given tokens.</summary>
    public virtual bool HasOneEncoding => true;

    /// <summary>Goes back to the beginning.</summary>
    public abstract void Restart();

    /// <summary>Reads all tokens that a block holds.</summary>
    public abstract BlockResult Read(ReadOnlySpan<byte> block, bool isFinal, bool skipContent, Trace trace);

    /// <summary>Writes tokens, streamed fields in pieces of at most a size.</summary>
    public abstract void Write(IReadOnlyList<TraceItem> items, int pieceSize, IBufferWriter<byte> output);

    /// <summary>Makes the tokens of a document.</summary>
    public abstract IReadOnlyList<TraceItem> Make(Random random);

    /// <summary>Writes tokens into an array.</summary>
    public byte[] Write(IReadOnlyList<TraceItem> items, int pieceSize = int.MaxValue)
    {
        ArrayBufferWriter<byte> output = new();
        Restart();
        Write(items, pieceSize, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a document in one block.</summary>
    public Outcome Read(byte[] bytes, bool skipContent = false) => Read(bytes, () => bytes.Length, skipContent);

    /// <summary>Reads a document in blocks; one that is too small for a token grows until it is not.</summary>
    public Outcome Read(byte[] bytes, Func<int> blockSize, bool skipContent = false)
    {
        Trace trace = new();
        Restart();
        long position = 0;
        int size = Math.Max(1, blockSize());
        try
        {
            while (true)
            {
                int start = (int)Math.Min(position, bytes.Length);
                int length = Math.Min(size, bytes.Length - start);
                bool isFinal = start + length == bytes.Length;
                int before = trace.Items.Count;
                BlockResult result = Read(bytes.AsSpan(start, length), isFinal, skipContent, trace);
                position += result.Consumed + result.ToSkip;
                if (result.IsComplete)
                {
                    return new Outcome([.. trace.Items], null, position);
                }

                Assert.False(isFinal && result.ToSkip == 0, "The last block neither completes nor fails.");
                bool progresses = result.Consumed + result.ToSkip > 0 || trace.Items.Count > before;
                Assert.True(progresses || length < MinimumBlockSize, "A block of the least size gives nothing.");
                size = progresses ? Math.Max(1, blockSize()) : size + 1;
            }
        }
        catch (NarioFormatException exception)
        {
            Fault fault = new(exception.Offset, exception.SpecPath, exception.Message, exception.IsTruncated);
            return new Outcome([.. trace.Items], fault, position);
        }
        catch (KsyFormatException exception)
        {
            Fault fault = new(exception.Offset, exception.Path, exception.Message, exception.IsTruncated);
            return new Outcome([.. trace.Items], fault, position);
        }
    }

    public override string ToString() => GetType().Name;

    /// <summary>Splits bytes for a writer that takes a field in pieces.</summary>
    protected static IEnumerable<byte[]> Pieces(byte[] bytes, int size) =>
        bytes.Chunk(Math.Max(1, Math.Min(size, Math.Max(1, bytes.Length))));

    protected static byte[] RandomBytes(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most + 1)];
        random.NextBytes(bytes);
        return bytes;
    }
}
