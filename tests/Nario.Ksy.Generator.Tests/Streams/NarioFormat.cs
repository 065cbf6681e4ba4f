using System.Buffers;
using Nario.Codec;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>
/// What the versions of the nario format have in common: each path's NAR has a reader and a writer of its own.
/// </summary>
public abstract class NarioFormat : StreamFormat
{
    private bool _isInside;

    public override string ContentToken => NarTokens.Content;

    /// <summary>State of the NAR.</summary>
    protected abstract NarState Inner { get; }

    /// <summary>Whether everything was read.</summary>
    protected abstract bool IsComplete { get; }

    public override void Restart()
    {
        _isInside = false;
        Reset();
    }

    public override BlockResult Read(ReadOnlySpan<byte> block, bool isFinal, bool skipContent, Trace trace)
    {
        int consumed = 0;
        while (true)
        {
            if (_isInside)
            {
                BlockResult inner = NarTokens.Read(block[consumed..], isFinal, skipContent, trace, Inner);
                consumed += inner.Consumed;
                if (!inner.IsComplete)
                {
                    return new BlockResult(consumed, inner.ToSkip, false);
                }

                _isInside = false;
            }

            consumed += ReadOuter(block[consumed..], isFinal, trace, out _isInside);
            if (!_isInside)
            {
                return new BlockResult(consumed, 0, IsComplete);
            }
        }
    }

    public override void Write(IReadOnlyList<TraceItem> items, int pieceSize, IBufferWriter<byte> output)
    {
        List<TraceItem> outer = [];
        for (int index = 0; index < items.Count; index++)
        {
            outer.Add(items[index]);
            if (items[index].Token == nameof(NarioV2Token.Nar))
            {
                TraceItem[] inner =
                [
                    .. items
                        .Skip(index + 1)
                        .TakeWhile(item => item.Token.StartsWith(NarTokens.Prefix, StringComparison.Ordinal)),
                ];
                WriteOuter(outer, output, isLast: false);
                NarTokens.Write(inner, pieceSize, output, Inner);
                outer.Clear();
                index += inner.Length;
            }
        }

        WriteOuter(outer, output, isLast: true);
    }

    public override IReadOnlyList<TraceItem> Make(Random random)
    {
        List<TraceItem> items = [];
        items.Add(new TraceItem(nameof(NarioV2Token.EntriesStart)));
        for (int count = random.Next(4); count > 0; count--)
        {
            MakeEntry(random, items);
        }

        items.Add(new TraceItem(nameof(NarioV2Token.EntriesEnd)));
        return items;
    }

    protected abstract void Reset();

    /// <summary>Reads tokens up to a NAR or the block's end.</summary>
    protected abstract int ReadOuter(ReadOnlySpan<byte> block, bool isFinal, Trace trace, out bool isInside);

    protected abstract void WriteOuter(IReadOnlyList<TraceItem> items, IBufferWriter<byte> output, bool isLast);

    protected abstract void MakeEntry(Random random, List<TraceItem> items);

    protected static byte[] Text(Random random, int shortest, int longest)
    {
        byte[] text = new byte[random.Next(shortest, longest + 1)];
        random.NextBytes(text);
        return text;
    }

    protected static void MakeList(Random random, List<TraceItem> items, string name, int shortest, int longest)
    {
        int count = random.Next(4);
        items.Add(new TraceItem(name + "Start", (ulong)count));
        for (int index = 0; index < count; index++)
        {
            items.Add(new TraceItem(name + "Item", Text(random, shortest, longest)));
        }

        items.Add(new TraceItem(name + "End"));
    }
}
