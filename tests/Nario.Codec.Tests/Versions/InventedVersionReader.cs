using System.Buffers.Binary;
using Nario.Codec.Blocks;
using Nario.Codec.Versions;

namespace Nario.Codec.Tests.Versions;

/// <summary>
/// Reads a version of nario that does not exist: a magic, then for each path a 1, the path and its NAR, and then a 0.
/// </summary>
internal sealed class InventedVersionReader(BlockReader input) : VersionReader(input)
{
    private const string SpecPath = "nario_v3/entry/tag";

    private long _offset;
    private bool _isInNar;

    public static ReadOnlySpan<byte> Magic => "NARIO3\0\0"u8;

    public override NarState NarState { get; } = new();

    public override long Offset => _isInNar ? NarState.Offset : _offset;

    public override bool ReadEntry()
    {
        Info = null;
        _offset = Offset;
        _isInNar = false;
        if (_offset == 0)
        {
            Take(Magic.Length);
        }

        ulong tag = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
        if (tag != 1)
        {
            return tag != 0
                ? throw new NarioFormatException(_offset - sizeof(ulong), SpecPath, "0 or 1", $"{tag}")
                : false;
        }

        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
        string path = Text(Take(length));
        Take((8 - (length % 8)) % 8);
        Info = new NarioPathInfo { Path = path };
        NarState.Reset(_offset);
        _isInNar = true;
        return true;
    }

    public override void FinishEntry()
    {
    }

    public override bool TrySkipNar() => false;

    public override void Fail() => NarState.Step = NarStep.Failed;

    protected override bool ReadBeginning(ReadOnlySpan<byte> prefix)
    {
        int length = Math.Min(prefix.Length, Magic.Length);
        return prefix[..length].SequenceEqual(Magic[..length])
            ? length == Magic.Length
            : throw new NarioFormatException(0, "nario_v3/magic", "the magic", "something else");
    }

    private byte[] Take(int length)
    {
        while (Input.Block.Length < length && !Input.IsFinal)
        {
            Input.Fill();
        }

        if (Input.Block.Length < length)
        {
            throw new NarioFormatException(_offset, SpecPath, "more bytes", "the end of the input", isTruncated: true);
        }

        byte[] bytes = Input.Block[..length].ToArray();
        Input.Consume(length);
        _offset += length;
        return bytes;
    }
}
