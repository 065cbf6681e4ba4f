using System.Buffers;
using System.Buffers.Binary;
using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Trees;

namespace Nario.Fuzz.Bending;

/// <summary>As much of one path as a nario may say, and a little more.</summary>
internal sealed class InfoLimitHarness : IHarness
{
    private const long Limit = 64 * 1024 * 1024;
    private const int WordSize = 8;
    private const int MaxTextLength = 4096;
    private const int MaxBaseNameLength = 244;
    private const int LeastBaseNameLength = 34;
    private const int HashLength = 64;
    private const int LinkSize = 120;
    private const int CopiesInBlock = 64;

    /// <inheritdoc/>
    public string Name => "info-limit";

    /// <inheritdoc/>
    public string Description => "says about 64 MiB of a path: writer and reader draw the line at the same byte";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        bool isVersion2 = source.NextBoolean();
        int room = ((sbyte)source.NextByte() << 8) | source.NextByte();
        List<byte> head = [];
        int longest = isVersion2 ? MaxBaseNameLength : MaxTextLength;
        long said;
        if (isVersion2)
        {
            head.AddRange("NARIO2\0\0"u8);
            AddNumber(head, 1);
            int start = head.Count;
            AddText(head, LeastBaseNameLength);
            AddText(head, 0);
            AddText(head, HashLength);
            said = head.Count - start;
        }
        else
        {
            AddNumber(head, 1);
            head.AddRange(RawNar.Write(new LinkNode("a"u8.ToArray())));
            int start = head.Count;
            head.AddRange("NIXE\0\0\0\0"u8);
            AddText(head, LeastBaseNameLength);
            said = head.Count - start;
        }

        // References up to about the room that is left, the last one shorter.
        List<byte> reference = [];
        AddText(reference, longest);
        long count = (Limit - said - WordSize - room) / reference.Count;
        long left = Limit - said - WordSize - (count * reference.Count) - room;
        List<byte> tail = [];
        int last = (int)Math.Clamp(left - WordSize, isVersion2 ? LeastBaseNameLength : 1, longest);
        AddText(tail, last);
        AddNumber(head, (ulong)count + 1);
        int[] lengths = [source.NextLength(0, MaxTextLength), source.NextLength(0, MaxTextLength), source.NextLength(0, MaxTextLength)];
        AddRest(tail, isVersion2, lengths);

        bool isRead = isVersion2
            ? Read(head, reference, count, tail, new NarioV2State())
            : Read(head, reference, count, tail, new NarioV1State());
        bool isWritten = isVersion2
            ? WriteVersion2(count, last, lengths)
            : WriteVersion1(count, last, lengths);
        long size = said + WordSize + (count * reference.Count) + tail.Count;
        FindingException.Unless(isRead == (size <= Limit), $"the reader has another limit: {size} bytes");
        FindingException.Unless(isWritten == (size <= Limit), $"the writer has another limit: {size} bytes");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        // Little room, so that each of the fields behind the references crosses the line in one of them.
        foreach (byte version in (byte[])[0, 1])
        {
            for (byte room = 0; room < 72; room += WordSize)
            {
                yield return [version, 0, room, 3, 3, 3];
            }

            yield return [version, 0x10, 0, 0xdf, 0xdf, 0xdf];
            yield return [version, 0x20, 0, 0xdf, 0xdf, 0xdf];

            // The last reference is beyond the line.
            yield return [version, 0xff, 0xf0, 0, 0, 0];
        }
    }

    private static void AddRest(List<byte> tail, bool isVersion2, int[] lengths)
    {
        if (isVersion2)
        {
            AddNumber(tail, 0);
            AddNumber(tail, LinkSize);
            AddNumber(tail, 0);
            AddNumber(tail, 2);
            AddText(tail, lengths[0]);
            AddText(tail, lengths[1]);
            AddText(tail, lengths[2]);
        }
        else
        {
            AddText(tail, lengths[0]);
            AddNumber(tail, 1);
            AddText(tail, lengths[1]);
        }
    }

    private static bool Read(List<byte> head, List<byte> reference, long count, List<byte> tail, object state)
    {
        byte[] block = [.. Enumerable.Repeat(reference, CopiesInBlock).SelectMany(static copy => copy)];
        try
        {
            ReadBlock([.. head], state);
            for (; count >= CopiesInBlock; count -= CopiesInBlock)
            {
                ReadBlock(block, state);
            }

            ReadBlock(block[..(int)(count * reference.Count)], state);
            ReadBlock([.. tail], state);
            return true;
        }
        catch (NarioFormatException error)
        {
            Verdicts.Refusal.Check(error, long.MaxValue);
            return false;
        }
    }

    private static void ReadBlock(byte[] block, object state)
    {
        int consumed;
        if (state is NarioV2State version2)
        {
            NarioV2Reader reader = new(block, false, version2);
            while (reader.Read())
            {
            }

            consumed = reader.Consumed;
        }
        else
        {
            NarioV1Reader reader = new(block, false, (NarioV1State)state);
            while (reader.Read())
            {
            }

            consumed = reader.Consumed;
        }

        FindingException.Unless(consumed == block.Length, "whole fields are not consumed");
    }

    private static bool WriteVersion1(long count, int last, int[] lengths)
    {
        Discarding output = new();
        NarioV1State state = new();
        NarioV1Writer<Discarding> writer = new(output, state);
        writer.WriteEntriesStart();
        writer.WriteNar();
        writer.Flush();
        NarWriter<Discarding> nar = new(output, state.Nar);
        nar.WriteSymlink("a"u8);
        nar.Complete();
        byte[] text = NewText();
        try
        {
            writer.WritePath(text.AsSpan(0, LeastBaseNameLength));
            writer.WriteReferencesStart((ulong)count + 1);
            for (; count > 0; count--)
            {
                writer.WriteReferencesItem(text);
            }

            writer.WriteReferencesItem(text.AsSpan(0, last));
            writer.WriteReferencesEnd();
            writer.WriteDeriver(text.AsSpan(0, lengths[0]));
            writer.WriteSignature(NarioV1.SignatureTag.Present, text.AsSpan(0, lengths[1]));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool WriteVersion2(long count, int last, int[] lengths)
    {
        NarioV2Writer<Discarding> writer = new(new Discarding(), new NarioV2State());
        byte[] text = NewText();
        try
        {
            writer.WriteEntriesStart();
            writer.WritePath(text.AsSpan(0, LeastBaseNameLength));
            writer.WriteDeriver([]);
            writer.WriteNarHash(text.AsSpan(0, HashLength));
            writer.WriteReferencesStart((ulong)count + 1);
            for (; count > 0; count--)
            {
                writer.WriteReferencesItem(text.AsSpan(0, MaxBaseNameLength));
            }

            writer.WriteReferencesItem(text.AsSpan(0, last));
            writer.WriteReferencesEnd();
            writer.WriteRegistrationTime(0);
            writer.WriteNarSize(LinkSize);
            writer.WriteUltimate(0);
            writer.WriteSignaturesStart(2);
            writer.WriteSignaturesItem(text.AsSpan(0, lengths[0]));
            writer.WriteSignaturesItem(text.AsSpan(0, lengths[1]));
            writer.WriteSignaturesEnd();
            writer.WriteCa(text.AsSpan(0, lengths[2]));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static byte[] NewText()
    {
        byte[] text = new byte[MaxTextLength];
        text.AsSpan().Fill((byte)'a');
        return text;
    }

    private static void AddNumber(List<byte> bytes, ulong number)
    {
        byte[] word = new byte[WordSize];
        BinaryPrimitives.WriteUInt64LittleEndian(word, number);
        bytes.AddRange(word);
    }

    private static void AddText(List<byte> bytes, int length)
    {
        AddNumber(bytes, (ulong)length);
        bytes.AddRange(Enumerable.Repeat((byte)'a', length));
        bytes.AddRange(new byte[(WordSize - (length % WordSize)) % WordSize]);
    }

    /// <summary>Takes bytes and keeps none.</summary>
    private sealed class Discarding : IBufferWriter<byte>
    {
        private readonly byte[] _room = new byte[64 * 1024];

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _room;

        public Span<byte> GetSpan(int sizeHint = 0) => _room;
    }
}
