using System.Buffers;
using Nario.Ksy.Generator.Tests.Formats;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>Records inside records, each with its kind before it.</summary>
public sealed class TaggedRecordsFormat : StreamFormat
{
    private readonly TaggedRecordsState _state = new();

    public override string ContentToken => nameof(TaggedRecordsToken.Data);

    public override int MinimumBlockSize => TaggedRecordsReader.MinimumBlockSize;

    // What follows the terminator of a code is no part of the value.
    public override bool HasOneEncoding => false;

    public override void Restart() => _state.Reset();

    public override BlockResult Read(ReadOnlySpan<byte> block, bool isFinal, bool skipContent, Trace trace)
    {
        TaggedRecordsReader reader = new(block, isFinal, _state) { SkipContent = skipContent };
        while (reader.Read())
        {
            string token = reader.Token.ToString();
            switch (reader.Token)
            {
                case TaggedRecordsToken.Data:
                    trace.AddPiece(token, reader.Data);
                    break;
                case TaggedRecordsToken.Version:
                    trace.Add(new TraceItem(token, reader.Version));
                    break;
                case TaggedRecordsToken.Integer:
                    trace.Add(new TraceItem(token, (ulong)reader.Integer));
                    break;
                case TaggedRecordsToken.Text:
                    trace.Add(new TraceItem(token, reader.Text));
                    break;
                case TaggedRecordsToken.GroupStart:
                    trace.Add(new TraceItem(token, reader.GroupCount));
                    break;
                case TaggedRecordsToken.Size:
                    trace.Add(new TraceItem(token, reader.Size));
                    break;
                case TaggedRecordsToken.Trailer:
                    TaggedRecords.Trailer trailer = reader.Trailer;
                    Assert.Equal((trailer.Flags & 1) != 0, trailer.HasNote);
                    trace.Add(
                        new TraceItem(
                            token,
                            Convert.ToHexString(trailer.Note) + "-" + Convert.ToHexString(trailer.Code),
                            $"{trailer.Flags},{trailer.Checksum}"));
                    break;
                default:
                    trace.Add(new TraceItem(token));
                    break;
            }
        }

        return new BlockResult(reader.Consumed, reader.BytesToSkip, _state.IsComplete);
    }

    public override void Write(IReadOnlyList<TraceItem> items, int pieceSize, IBufferWriter<byte> output)
    {
        TaggedRecordsWriter<IBufferWriter<byte>> writer = new(output, _state);
        foreach (TraceItem item in items)
        {
            switch (Enum.Parse<TaggedRecordsToken>(item.Token))
            {
                case TaggedRecordsToken.Version:
                    writer.WriteVersion((ushort)item.NumberAt());
                    break;
                case TaggedRecordsToken.Integer:
                    writer.WriteInteger((long)item.NumberAt());
                    break;
                case TaggedRecordsToken.Text:
                    writer.WriteText(item.BytesAt());
                    break;
                case TaggedRecordsToken.GroupStart:
                    writer.WriteGroupStart(item.NumberAt());
                    break;
                case TaggedRecordsToken.GroupEnd:
                    writer.WriteGroupEnd();
                    break;
                case TaggedRecordsToken.Size:
                    writer.WriteSize((uint)item.NumberAt());
                    break;
                case TaggedRecordsToken.Data:
                    foreach (byte[] piece in Pieces(item.BytesAt(), pieceSize))
                    {
                        writer.WriteData(piece);
                    }

                    break;
                case TaggedRecordsToken.Trailer:
                    writer.WriteTrailer(
                        (byte)item.NumberAt(0),
                        item.BytesAt(0),
                        item.BytesAt(1),
                        (uint)item.NumberAt(1));
                    break;
            }
        }

        writer.Complete();
    }

    public override IReadOnlyList<TraceItem> Make(Random random)
    {
        List<TraceItem> items = [];
        items.Add(new TraceItem(nameof(TaggedRecordsToken.Version), (ulong)random.Next(1, 4)));
        MakeElement(random, items, 1);
        int flags = random.Next(4);
        string note = (flags & 1) != 0 ? Convert.ToHexString(RandomBytes(random, 20)) : "";
        string code =
            (flags & 2) != 0 ? Convert.ToHexString([.. RandomBytes(random, 8).Select(value => (byte)(value | 1))]) : "";
        items.Add(
            new TraceItem(nameof(TaggedRecordsToken.Trailer), note + "-" + code, $"{flags},{(uint)random.Next()}"));
        return items;
    }

    private static void MakeElement(Random random, List<TraceItem> items, int depth)
    {
        switch (random.Next(depth < 12 ? 5 : 3))
        {
            case 0:
                items.Add(
                    new TraceItem(
                        nameof(TaggedRecordsToken.Integer),
                        (ulong)random.NextInt64(-long.MaxValue, long.MaxValue)));
                break;
            case 1:
                items.Add(new TraceItem(nameof(TaggedRecordsToken.Text), RandomBytes(random, 60)));
                break;
            case 2:
                byte[] data = RandomBytes(random, 60);
                items.Add(new TraceItem(nameof(TaggedRecordsToken.Size), (ulong)data.Length + 4));
                if (data.Length > 0)
                {
                    items.Add(new TraceItem(nameof(TaggedRecordsToken.Data), data));
                }

                break;
            default:
                int count = random.Next(4);
                items.Add(new TraceItem(nameof(TaggedRecordsToken.GroupStart), (ulong)count));
                for (int index = 0; index < count; index++)
                {
                    MakeElement(random, items, depth + 1);
                }

                items.Add(new TraceItem(nameof(TaggedRecordsToken.GroupEnd)));
                break;
        }
    }
}
