using System.Buffers.Binary;

namespace Nario.Benchmarks;

/// <summary>
/// The baseline of the read benchmark: a plain walk over a span, written by hand token by token, with the checks that the
/// generated reader makes (tokens, padding, depth, order and form of names, targets). It stands only here.
/// </summary>
internal ref struct HandWrittenWalk(ReadOnlySpan<byte> nar)
{
    private readonly ReadOnlySpan<byte> _nar = nar;
    private int _position;
    private int _depth;

    /// <summary>Number of nodes seen.</summary>
    public int Nodes { get; private set; }

    /// <summary>Walks the whole NAR.</summary>
    public void Walk()
    {
        Expect("nix-archive-1"u8);
        Node();
        if (_position != _nar.Length)
        {
            throw new FormatException();
        }
    }

    private void Node()
    {
        Nodes++;
        if (++_depth > 64)
        {
            throw new FormatException();
        }

        Expect("("u8);
        Expect("type"u8);
        ReadOnlySpan<byte> type = String(32);
        if (type.SequenceEqual("regular"u8))
        {
            ReadOnlySpan<byte> tag = String(32);
            if (tag.SequenceEqual("executable"u8))
            {
                Expect(""u8);
                tag = String(32);
            }

            if (!tag.SequenceEqual("contents"u8))
            {
                throw new FormatException();
            }

            String(int.MaxValue);
            Expect(")"u8);
        }
        else if (type.SequenceEqual("symlink"u8))
        {
            Expect("target"u8);
            ReadOnlySpan<byte> target = String(4095);
            if (target.IsEmpty || target.Contains((byte)0))
            {
                throw new FormatException();
            }

            Expect(")"u8);
        }
        else if (type.SequenceEqual("directory"u8))
        {
            Directory();
        }
        else
        {
            throw new FormatException();
        }

        _depth--;
    }

    private void Directory()
    {
        ReadOnlySpan<byte> last = default;
        while (true)
        {
            ReadOnlySpan<byte> tag = String(32);
            if (tag.SequenceEqual(")"u8))
            {
                return;
            }

            if (!tag.SequenceEqual("entry"u8))
            {
                throw new FormatException();
            }

            Expect("("u8);
            Expect("name"u8);
            ReadOnlySpan<byte> name = String(255);
            if (name.IsEmpty || name.IndexOfAny((byte)0, (byte)'/') >= 0 || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) ||
                name.SequenceCompareTo(last) <= 0)
            {
                throw new FormatException();
            }

            last = name;
            Expect("node"u8);
            Node();
            Expect(")"u8);
        }
    }

    private void Expect(ReadOnlySpan<byte> token)
    {
        if (!String(32).SequenceEqual(token))
        {
            throw new FormatException();
        }
    }

    private ReadOnlySpan<byte> String(int maximum)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(_nar[_position..]);
        if (length > (ulong)maximum)
        {
            throw new FormatException();
        }

        ReadOnlySpan<byte> value = _nar.Slice(_position + 8, (int)length);
        int end = _position + 8 + (int)length;
        int padded = (end + 7) & ~7;
        if (_nar[end..padded].ContainsAnyExcept((byte)0))
        {
            throw new FormatException();
        }

        _position = padded;
        return value;
    }
}
