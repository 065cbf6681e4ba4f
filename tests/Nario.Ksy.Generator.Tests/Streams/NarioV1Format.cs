using System.Buffers;
using Nario.Codec;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>Version 1: the NAR comes first, and without its size.</summary>
public sealed class NarioV1Format : NarioFormat
{
    private readonly NarioV1State _state = new();

    public override int MinimumBlockSize => NarioV1Reader.MinimumBlockSize;

    protected override NarState Inner => _state.Nar;

    protected override bool IsComplete => _state.IsComplete;

    protected override void Reset() => _state.Reset();

    protected override int ReadOuter(ReadOnlySpan<byte> block, bool isFinal, Trace trace, out bool isInside)
    {
        NarioV1Reader reader = new(block, isFinal, _state);
        while (reader.Read())
        {
            string token = reader.Token.ToString();
            trace.Add(reader.Token switch
            {
                NarioV1Token.Path => new TraceItem(token, reader.Path),
                NarioV1Token.ReferencesStart => new TraceItem(token, reader.ReferencesCount),
                NarioV1Token.ReferencesItem => new TraceItem(token, reader.ReferencesItem),
                NarioV1Token.Deriver => new TraceItem(token, reader.Deriver),
                NarioV1Token.Signature => new TraceItem(token, reader.Signature.Text, (ulong)reader.Signature.Tag),
                _ => new TraceItem(token),
            });
            if (reader.Token == NarioV1Token.Nar)
            {
                isInside = true;
                return reader.Consumed;
            }
        }

        isInside = false;
        return reader.Consumed;
    }

    protected override void WriteOuter(IReadOnlyList<TraceItem> items, IBufferWriter<byte> output, bool isLast)
    {
        NarioV1Writer<IBufferWriter<byte>> writer = new(output, _state);
        foreach (TraceItem item in items)
        {
            switch (Enum.Parse<NarioV1Token>(item.Token))
            {
                case NarioV1Token.EntriesStart:
                    writer.WriteEntriesStart();
                    break;
                case NarioV1Token.Nar:
                    writer.WriteNar();
                    break;
                case NarioV1Token.Path:
                    writer.WritePath(item.BytesAt());
                    break;
                case NarioV1Token.ReferencesStart:
                    writer.WriteReferencesStart(item.NumberAt());
                    break;
                case NarioV1Token.ReferencesItem:
                    writer.WriteReferencesItem(item.BytesAt());
                    break;
                case NarioV1Token.ReferencesEnd:
                    writer.WriteReferencesEnd();
                    break;
                case NarioV1Token.Deriver:
                    writer.WriteDeriver(item.BytesAt());
                    break;
                case NarioV1Token.Signature:
                    writer.WriteSignature((NarioV1.SignatureTag)item.NumberAt(), item.BytesAt());
                    break;
                case NarioV1Token.EntriesEnd:
                    writer.WriteEntriesEnd();
                    break;
            }
        }

        if (isLast)
        {
            writer.Complete();
        }
        else
        {
            writer.Flush();
        }
    }

    protected override void MakeEntry(Random random, List<TraceItem> items)
    {
        items.Add(new TraceItem(nameof(NarioV1Token.Nar)));
        items.AddRange(NarTokens.Make(random));
        items.Add(new TraceItem(nameof(NarioV1Token.Path), Text(random, 1, 80)));
        MakeList(random, items, "References", 1, 80);
        items.Add(new TraceItem(nameof(NarioV1Token.Deriver), Text(random, 0, 80)));
        int tag = random.Next(2);
        items.Add(new TraceItem(nameof(NarioV1Token.Signature), tag == 1 ? Text(random, 0, 40) : [], (ulong)tag));
    }
}
