using System.Buffers;
using Nario.Ksy.Generator.Tests.Formats;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>An archive of members with streamed bodies, as long as there is input.</summary>
public sealed class MemberArchiveFormat : StreamFormat
{
    private readonly MemberArchiveState _state = new();

    public override string ContentToken => nameof(MemberArchiveToken.Body);

    public override int MinimumBlockSize => MemberArchiveReader.MinimumBlockSize;

    public override bool EndsAnywhere => true;

    public override void Restart() => _state.Reset();

    public override BlockResult Read(ReadOnlySpan<byte> block, bool isFinal, bool skipContent, Trace trace)
    {
        MemberArchiveReader reader = new(block, isFinal, _state) { SkipContent = skipContent };
        while (reader.Read())
        {
            string token = reader.Token.ToString();
            if (reader.Token == MemberArchiveToken.Body)
            {
                trace.AddPiece(token, reader.Body);
                continue;
            }

            trace.Add(
                reader.Token == MemberArchiveToken.Header
                    ? new TraceItem(token, reader.Header.Name, reader.Header.Mode, reader.Header.Size)
                    : new TraceItem(token));
        }

        return new BlockResult(reader.Consumed, reader.BytesToSkip, _state.IsComplete);
    }

    public override void Write(IReadOnlyList<TraceItem> items, int pieceSize, IBufferWriter<byte> output)
    {
        MemberArchiveWriter<IBufferWriter<byte>> writer = new(output, _state);
        foreach (TraceItem item in items)
        {
            switch (Enum.Parse<MemberArchiveToken>(item.Token))
            {
                case MemberArchiveToken.MembersStart:
                    writer.WriteMembersStart();
                    break;
                case MemberArchiveToken.Header:
                    writer.WriteHeader(item.BytesAt(), (ushort)item.NumberAt(0), (uint)item.NumberAt(1));
                    break;
                case MemberArchiveToken.Body:
                    foreach (byte[] piece in Pieces(item.BytesAt(), pieceSize))
                    {
                        writer.WriteBody(piece);
                    }

                    break;
                case MemberArchiveToken.MembersEnd:
                    writer.WriteMembersEnd();
                    break;
            }
        }

        writer.Complete();
    }

    public override IReadOnlyList<TraceItem> Make(Random random)
    {
        List<TraceItem> items = [];
        items.Add(new TraceItem(nameof(MemberArchiveToken.MembersStart)));
        for (int count = random.Next(5); count > 0; count--)
        {
            byte[] body = RandomBytes(random, 100);
            byte[] name = [(byte)random.Next(256), .. RandomBytes(random, 40)];
            items.Add(
                new TraceItem(nameof(MemberArchiveToken.Header), name, (ulong)random.Next(0x1000), (ulong)body.Length));
            if (body.Length > 0)
            {
                items.Add(new TraceItem(nameof(MemberArchiveToken.Body), body));
            }
        }

        items.Add(new TraceItem(nameof(MemberArchiveToken.MembersEnd)));
        return items;
    }
}
