using System;
using System.Text;

namespace Nario.Ksy.Runtime;

/// <content>Bytes and strings.</content>
public sealed partial class KsyInput
{
    internal byte[] ReadBytes(long count, string path)
    {
        _bitsLeft = 0;
        Require(count, path);
        if (count > Array.MaxLength)
        {
            throw Error(KsyErrorKind.Unsupported, path, "at most " + Array.MaxLength + " bytes", KsyText.Show(count));
        }

        if (count == 0)
        {
            return [];
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
        int ready = Math.Min(bytes.Length, _limit - _index);
        if (ready == bytes.Length)
        {
            Buffer.BlockCopy(_buffer, _index, bytes, 0, ready);
            _index += ready;
            return bytes;
        }

        long position = Position;
        if (_memory is not null)
        {
            Move(position);
            return ReadBytes(count, path);
        }

        Load(position, bytes, path);
        Move(position + count);
        return bytes;
    }

    internal byte[] ReadBytesToEnd(string path) => ReadBytes(Remaining, path);

    internal string ReadString(long count, Encoding encoding, string path) =>
        encoding.GetString(TakeMany(count, path));

    internal string ReadStringToEnd(Encoding encoding, string path) => ReadString(Remaining, encoding, path);

    /// <summary>Reads bytes of which padding and what follows a terminator are taken off.</summary>
    internal byte[] ReadBytes(long count, int padding, ReadOnlySpan<byte> terminator, bool include, string path) =>
        KsyText.Trim(TakeMany(count, path), padding, terminator, include).ToArray();

    internal byte[] ReadBytesToEnd(int padding, ReadOnlySpan<byte> terminator, bool include, string path) =>
        ReadBytes(Remaining, padding, terminator, include, path);

    internal string ReadString(
        long count, int padding, ReadOnlySpan<byte> terminator, bool include, Encoding encoding, string path) =>
        encoding.GetString(KsyText.Trim(TakeMany(count, path), padding, terminator, include));

    internal string ReadStringToEnd(
        int padding, ReadOnlySpan<byte> terminator, bool include, Encoding encoding, string path) =>
        ReadString(Remaining, padding, terminator, include, encoding, path);

    /// <summary>Reads bytes to a terminator.</summary>
    internal byte[] ReadTerminated(
        ReadOnlySpan<byte> terminator, bool include, bool consume, bool eosError, string path) =>
        TakeTerminated(terminator, include, consume, eosError, path).ToArray();

    internal string ReadTerminatedString(
        ReadOnlySpan<byte> terminator, bool include, bool consume, bool eosError, Encoding encoding, string path) =>
        encoding.GetString(TakeTerminated(terminator, include, consume, eosError, path));

    /// <summary>Passes exactly these bytes.</summary>
    internal void ReadContents(ReadOnlySpan<byte> contents, string path)
    {
        long position = Position;
        ReadOnlySpan<byte> found = TakeMany(contents.Length, path);
        if (!found.SequenceEqual(contents))
        {
            throw Error(
                KsyErrorKind.ValidationNotEqual, position, path, KsyText.Show(contents.ToArray()),
                KsyText.Show(found.ToArray()));
        }
    }

    private long Remaining => Math.Max(0, _size - Position);

    private ReadOnlySpan<byte> TakeTerminated(
        ReadOnlySpan<byte> terminator, bool include, bool consume, bool eosError, string path)
    {
        _bitsLeft = 0;
        long position = Position;
        long length = LengthTo(terminator, path);
        if (length < 0)
        {
            return eosError
                ? throw Error(
                    KsyErrorKind.EndOfStream, position, path, "the terminator " + KsyText.Show(terminator.ToArray()),
                    "the end of the stream")
                : TakeMany(Remaining, path);
        }

        // The span is valid only until more is read, so the terminator is read with it.
        bool inside = include && consume;
        ReadOnlySpan<byte> bytes = TakeMany(length + (consume || include ? terminator.Length : 0), path);
        if (!consume)
        {
            // What is in the buffer stays there.
            Move(position + length);
        }

        return inside || include ? bytes : bytes.Slice(0, (int)length);
    }

    /// <summary>Finds a terminator at a multiple of its length from here on; -1 when there is none.</summary>
    private long LengthTo(ReadOnlySpan<byte> terminator, string path)
    {
        long position = Position;
        long length = 0;
        while (true)
        {
            long remaining = _size - position - length;
            if (remaining < terminator.Length)
            {
                Move(position);
                return -1;
            }

            Move(position + length);
            if (_limit - _index < terminator.Length)
            {
                Fill(terminator.Length, path);
            }

            ReadOnlySpan<byte> ready = new(_buffer, _index, _limit - _index);
            int found = KsyText.IndexOf(ready, terminator);
            if (found >= 0)
            {
                Move(position);
                return length + found;
            }

            length += ready.Length - (ready.Length % terminator.Length);
        }
    }
}
