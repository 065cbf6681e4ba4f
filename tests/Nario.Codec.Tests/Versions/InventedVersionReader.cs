using System.Buffers.Binary;
using Nario.Codec.Blocks;
using Nario.Codec.Versions;

namespace Nario.Codec.Tests.Versions;

/// <summary>
/// Reads a version of nario that does not exist: a magic, then for each path a 1, the path, its NAR and the sum of the NAR's
/// bytes, and then a 0.
/// </summary>
internal sealed class InventedVersionReader(BlockReader input) : VersionReader(input)
{
    private const string SpecPath = "nario_v3/entry";

    private readonly ByteSum _sum = new();
    private long _offset;
    private bool _isInNar;
    private bool _isComplete;

    public static ReadOnlySpan<byte> Magic => "NARIO3\0\0"u8;

    public override NarState NarState { get; } = new();

    public override long Offset => _isInNar ? NarState.Offset : _offset;

    protected override bool IsComplete => _isComplete;

    /// <summary>Gets the sum that stands behind a NAR.</summary>
    public static ulong SumOf(ReadOnlySpan<byte> nar)
    {
        ulong sum = 0;
        foreach (byte value in nar)
        {
            sum += value;
        }

        return sum;
    }

    public override bool ReadEntry()
    {
        BeginEntry();
        if (!ReadPart(EntryPart.BeforeNar))
        {
            return false;
        }

        NarState.Reset(_offset);
        _isInNar = true;
        return true;
    }

    public override void BeginNar()
    {
        _sum.Total = 0;
        Input.Attach(_sum);
    }

    public override void FinishEntry()
    {
        _offset = NarState.Offset;
        _isInNar = false;
        ReadPart(EntryPart.AfterNar);
    }

    public override bool TrySkipNar() => false;

    public override void Fail() => NarState.MarkFailed();

    protected override bool ReadBeginning(ReadOnlySpan<byte> prefix)
    {
        int length = Math.Min(prefix.Length, Magic.Length);
        return prefix[..length].SequenceEqual(Magic[..length])
            ? length == Magic.Length
            : throw new NarioFormatException(0, "nario_v3/magic", "the magic", "something else");
    }

    protected override bool ReadTokens(EntryPart part, ReadOnlySpan<byte> block, bool isFinal, out int consumed)
    {
        bool isRead = part == EntryPart.BeforeNar ? TryReadPath(block, out consumed) : TryReadSum(block, out consumed);
        if (!isRead && !_isComplete && isFinal)
        {
            throw new NarioFormatException(_offset, SpecPath, "more bytes", "the end of the input", isTruncated: true);
        }

        _offset += consumed;
        return isRead;
    }

    private bool TryReadPath(ReadOnlySpan<byte> block, out int consumed)
    {
        consumed = 0;
        int start = _offset == 0 ? Magic.Length : 0;
        if (block.Length < start + sizeof(ulong))
        {
            return false;
        }

        ulong tag = BinaryPrimitives.ReadUInt64LittleEndian(block[start..]);
        if (tag == 0)
        {
            _isComplete = true;
            consumed = start + sizeof(ulong);
            return false;
        }

        if (tag != 1)
        {
            throw new NarioFormatException(_offset + start, SpecPath, "0 or 1", $"{tag}");
        }

        start += sizeof(ulong);
        if (block.Length < start + sizeof(ulong))
        {
            return false;
        }

        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(block[start..]);
        int end = start + sizeof(ulong) + ((length + 7) / 8 * 8);
        if (block.Length < end)
        {
            return false;
        }

        Path = Text(block.Slice(start + sizeof(ulong), length));
        Info = new NarioPathInfo { Path = Path };
        consumed = end;
        return true;
    }

    private bool TryReadSum(ReadOnlySpan<byte> block, out int consumed)
    {
        consumed = 0;
        if (block.Length < sizeof(ulong))
        {
            return false;
        }

        ulong sum = BinaryPrimitives.ReadUInt64LittleEndian(block);
        if (sum != _sum.Total)
        {
            NarState.MarkFailed();
            throw new NarioFormatException(_offset, SpecPath, $"{_sum.Total}", $"{sum}");
        }

        consumed = sizeof(ulong);
        return true;
    }

    /// <summary>A consumer of the version's own, beside those of the caller.</summary>
    private sealed class ByteSum : IBlockConsumer
    {
        public ulong Total { get; set; }

        public void Consume(ReadOnlyMemory<byte> bytes) => Total += SumOf(bytes.Span);

        public void Release(ReadOnlyMemory<byte> memory)
        {
        }
    }
}
