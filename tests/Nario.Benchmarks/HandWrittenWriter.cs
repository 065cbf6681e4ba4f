using System.Buffers.Binary;

namespace Nario.Benchmarks;

/// <summary>
/// The baseline of the write benchmark: writes the sample's tree into a span by hand, token by token, with the checks of names
/// and their order that the generated writer makes; the caller says what the name before was. It stands only here.
/// </summary>
internal ref struct HandWrittenWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Position { get; private set; }

    public void Begin() => String("nix-archive-1"u8);

    public void BeginDirectory()
    {
        String("("u8);
        String("type"u8);
        String("directory"u8);
    }

    public void BeginEntry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> last)
    {
        if (name.IsEmpty || name.Length > 255 || name.IndexOfAny((byte)0, (byte)'/') >= 0 || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) ||
            name.SequenceCompareTo(last) <= 0)
        {
            throw new ArgumentException("The name is not allowed here.", nameof(name));
        }

        String("entry"u8);
        String("("u8);
        String("name"u8);
        String(name);
        String("node"u8);
    }

    public void End() => String(")"u8);

    public void File(bool isExecutable, ReadOnlySpan<byte> contents)
    {
        String("("u8);
        String("type"u8);
        String("regular"u8);
        if (isExecutable)
        {
            String("executable"u8);
            String(""u8);
        }

        String("contents"u8);
        String(contents);
        String(")"u8);
    }

    private void String(ReadOnlySpan<byte> value)
    {
        int padded = (value.Length + 7) & ~7;
        Span<byte> room = _destination.Slice(Position, 8 + padded);
        BinaryPrimitives.WriteUInt64LittleEndian(room, (ulong)value.Length);
        value.CopyTo(room[8..]);
        room[(8 + value.Length)..].Clear();
        Position += room.Length;
    }
}
