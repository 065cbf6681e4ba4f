using System.Buffers;
using Nario.Codec;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>Version 2: the NAR comes last, and fills its stated size.</summary>
public sealed class NarioV2Format : NarioFormat
{
    private readonly NarioV2State _state = new();

    public override int MinimumBlockSize => NarioV2Reader.MinimumBlockSize;

    protected override NarState Inner => _state.Nar;

    protected override bool IsComplete => _state.IsComplete;

    protected override void Reset() => _state.Reset();

    protected override int ReadOuter(ReadOnlySpan<byte> block, bool isFinal, Trace trace, out bool isInside)
    {
        NarioV2Reader reader = new(block, isFinal, _state);
        while (reader.Read())
        {
            string token = reader.Token.ToString();
            trace.Add(reader.Token switch
            {
                NarioV2Token.Path => new TraceItem(token, reader.Path),
                NarioV2Token.Deriver => new TraceItem(token, reader.Deriver),
                NarioV2Token.NarHash => new TraceItem(token, reader.NarHash),
                NarioV2Token.ReferencesStart => new TraceItem(token, reader.ReferencesCount),
                NarioV2Token.ReferencesItem => new TraceItem(token, reader.ReferencesItem),
                NarioV2Token.RegistrationTime => new TraceItem(token, reader.RegistrationTime),
                NarioV2Token.NarSize => new TraceItem(token, reader.NarSize),
                NarioV2Token.Ultimate => new TraceItem(token, reader.Ultimate),
                NarioV2Token.SignaturesStart => new TraceItem(token, reader.SignaturesCount),
                NarioV2Token.SignaturesItem => new TraceItem(token, reader.SignaturesItem),
                NarioV2Token.Ca => new TraceItem(token, reader.Ca),
                _ => new TraceItem(token),
            });
            if (reader.Token == NarioV2Token.Nar)
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
        NarioV2Writer<IBufferWriter<byte>> writer = new(output, _state);
        foreach (TraceItem item in items)
        {
            switch (Enum.Parse<NarioV2Token>(item.Token))
            {
                case NarioV2Token.EntriesStart:
                    writer.WriteEntriesStart();
                    break;
                case NarioV2Token.Path:
                    writer.WritePath(item.BytesAt());
                    break;
                case NarioV2Token.Deriver:
                    writer.WriteDeriver(item.BytesAt());
                    break;
                case NarioV2Token.NarHash:
                    writer.WriteNarHash(item.BytesAt());
                    break;
                case NarioV2Token.ReferencesStart:
                    writer.WriteReferencesStart(item.NumberAt());
                    break;
                case NarioV2Token.ReferencesItem:
                    writer.WriteReferencesItem(item.BytesAt());
                    break;
                case NarioV2Token.ReferencesEnd:
                    writer.WriteReferencesEnd();
                    break;
                case NarioV2Token.RegistrationTime:
                    writer.WriteRegistrationTime(item.NumberAt());
                    break;
                case NarioV2Token.NarSize:
                    writer.WriteNarSize(item.NumberAt());
                    break;
                case NarioV2Token.Ultimate:
                    writer.WriteUltimate(item.NumberAt());
                    break;
                case NarioV2Token.SignaturesStart:
                    writer.WriteSignaturesStart(item.NumberAt());
                    break;
                case NarioV2Token.SignaturesItem:
                    writer.WriteSignaturesItem(item.BytesAt());
                    break;
                case NarioV2Token.SignaturesEnd:
                    writer.WriteSignaturesEnd();
                    break;
                case NarioV2Token.Ca:
                    writer.WriteCa(item.BytesAt());
                    break;
                case NarioV2Token.Nar:
                    writer.WriteNar();
                    break;
                case NarioV2Token.EntriesEnd:
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
        IReadOnlyList<TraceItem> nar = NarTokens.Make(random);
        items.Add(new TraceItem(nameof(NarioV2Token.Path), Text(random, 34, 60)));
        items.Add(new TraceItem(nameof(NarioV2Token.Deriver), Text(random, 0, 60)));
        items.Add(new TraceItem(nameof(NarioV2Token.NarHash), Text(random, 44, 71)));
        MakeList(random, items, "References", 34, 60);
        items.Add(new TraceItem(nameof(NarioV2Token.RegistrationTime), (ulong)random.NextInt64()));
        items.Add(new TraceItem(nameof(NarioV2Token.NarSize), (ulong)new NarFormat().Write(nar).Length));
        items.Add(new TraceItem(nameof(NarioV2Token.Ultimate), (ulong)random.Next(2)));
        MakeList(random, items, "Signatures", 0, 60);
        items.Add(new TraceItem(nameof(NarioV2Token.Ca), Text(random, 0, 60)));
        items.Add(new TraceItem(nameof(NarioV2Token.Nar)));
        items.AddRange(nar);
    }
}
