using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nario.Ksy.Runtime;

/// <summary>
/// A stream of bytes, the whole input or a part of it, with a position. The bytes are in memory or in a seekable
/// stream, of which a little is held at a time. Not safe for use by several threads at once.
/// </summary>
public sealed partial class KsyInput : IDisposable
{
    /// <summary>Bytes that are read from a source at once.</summary>
    private const int BlockSize = 4096;

    /// <summary>Largest part of a source that is read into memory as a whole.</summary>
    private const int SmallPart = 16 * 1024;

    private readonly KsyContext _context;

    /// <summary>All bytes, when they are in memory; else null.</summary>
    private readonly byte[]? _memory;

    /// <summary>Index of the stream's first byte in <see cref="_memory"/>.</summary>
    private readonly int _memoryStart;

    /// <summary>Offset of the stream's first byte in the source.</summary>
    private readonly long _start;

    /// <summary>Offset of the stream's first byte in the whole input, as far as that is known; for messages.</summary>
    private readonly long _offset;

    private readonly long _size;
    private byte[] _buffer;

    /// <summary>Next byte in the buffer.</summary>
    private int _index;

    /// <summary>End of the stream's bytes that are in the buffer.</summary>
    private int _limit;

    /// <summary>Position in the stream of the buffer's first byte.</summary>
    private long _origin;

    private ulong _bits;
    private int _bitsLeft;
    private bool _bitsAreLittle;

    private KsyInput(KsyContext context, byte[] memory, int start, int size, long offset)
    {
        _context = context;
        _memory = memory;
        _memoryStart = start;
        _offset = offset;
        _size = size;
        _buffer = memory;
        _index = start;
        _limit = start + size;
        _origin = -start;
    }

    private KsyInput(KsyContext context, long start, long size, long offset)
    {
        _context = context;
        _start = start;
        _offset = offset;
        _size = size;
        _buffer = [];
    }

    /// <summary>Size of the stream in bytes.</summary>
    public long Size => _size;

    /// <summary>Position in bytes from the start of the stream; a byte of which bits are left is passed.</summary>
    public long Position => _origin + _index;

    /// <summary>Whether nothing is left, not even bits of the last byte.</summary>
    public bool IsAtEnd => Position >= _size && _bitsLeft == 0;

    /// <summary>Reads from memory; the bytes must not change meanwhile.</summary>
    public static KsyInput FromBytes(ReadOnlyMemory<byte> bytes)
    {
        KsyContext context = new(null);
        return MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
            ? new KsyInput(context, segment.Array!, segment.Offset, segment.Count, 0)
            : new KsyInput(context, bytes.ToArray(), 0, bytes.Length, 0);
    }

    /// <summary>
    /// Reads from a stream, from its position on. One that can seek must stay open as long as what is read is used; any
    /// other is read into memory to its end.
    /// </summary>
    public static KsyInput FromStream(Stream stream)
    {
        if (stream.CanSeek)
        {
            long start = stream.Position;
            return new KsyInput(new KsyContext(stream), start, Math.Max(0, stream.Length - start), 0);
        }

        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return new KsyInput(new KsyContext(null), copy.GetBuffer(), 0, checked((int)copy.Length), 0);
    }

    /// <summary>Reads from a file, which stays open until the input is disposed.</summary>
    public static KsyInput FromFile(string path) => FromStream(File.OpenRead(path));

    /// <summary>Closes the stream or file behind it.</summary>
    public void Dispose() => _context.Close();

    /// <summary>Goes to a position, which may lie behind the end, where nothing can be read.</summary>
    public void Seek(long position) => Seek(position, "");

    internal void Seek(long position, string path)
    {
        if (position < 0)
        {
            throw Error(KsyErrorKind.OutOfRange, path, "a position from 0 on", KsyText.Show(position));
        }

        Move(position);
        _bitsLeft = 0;
    }

    internal KsyMark Mark() => new(Position, _bits, _bitsLeft, _bitsAreLittle);

    internal void Return(KsyMark mark)
    {
        Move(mark.Position);
        _bits = mark.Bits;
        _bitsLeft = mark.BitsLeft;
        _bitsAreLittle = mark.BitsAreLittle;
    }

    internal void Enter(string path) => _context.Enter(this, path);

    internal void Leave() => _context.Leave();

    /// <summary>Position in bits.</summary>
    internal long BitPosition => (Position * 8) - _bitsLeft;

    /// <summary>Keeps a list of elements that take nothing from growing without end.</summary>
    internal void CheckProgress(long bitPosition, string path)
    {
        if (BitPosition == bitPosition)
        {
            _context.CountEmptyElement(this, path);
        }
    }

    /// <summary>
    /// Makes a list for a number of elements, with room for no more than bytes are there: more can only be empty ones.
    /// One without elements is shared, since nothing is added to it.
    /// </summary>
    internal List<T> NewList<T>(long count) => count <= 0
        ? Empty<T>.List
        : new List<T>((int)Math.Max(0, Math.Min(count, Math.Min(_size - Position, Array.MaxLength))));

    /// <summary>Makes a list for elements of a size to the end of the stream.</summary>
    internal List<T> NewListToEnd<T>(int elementSize) =>
        new((int)Math.Max(0, Math.Min((_size - Position) / elementSize, Array.MaxLength)));

    /// <summary>Makes a stream of the next bytes, and passes them.</summary>
    internal KsyInput Substream(long size, string path)
    {
        _bitsLeft = 0;
        Require(size, path);
        long position = Position;
        KsyInput part;
        if (_memory is not null)
        {
            part = new KsyInput(_context, _memory, _memoryStart + (int)position, (int)size, _offset + position);
        }
        else if (size <= SmallPart)
        {
            byte[] bytes = new byte[size];
            Load(position, bytes, path);
            part = new KsyInput(_context, bytes, 0, bytes.Length, _offset + position);
        }
        else
        {
            part = new KsyInput(_context, _start + position, size, _offset + position);
        }

        Move(position + size);
        return part;
    }

    internal KsyInput SubstreamToEnd(string path) => Substream(Remaining, path);

    /// <summary>Makes a stream of bytes that were made of some that begin at a position of this one.</summary>
    internal KsyInput Derived(long position, byte[] bytes) =>
        new(_context, bytes, 0, bytes.Length, _offset + position);

    /// <summary>Makes an error about what stands at a position.</summary>
    internal Exception Error(KsyErrorKind kind, long position, string path, string expected, string found) =>
        KsyErrors.Create(kind, _offset + position, path, expected, found);

    internal Exception Error(KsyErrorKind kind, string path, string expected, string found) =>
        Error(kind, Position, path, expected, found);

    /// <summary>Checks that bytes are there, before anything is allocated for them.</summary>
    private void Require(long count, string path)
    {
        if (count < 0 || count > _size - Position)
        {
            throw TooShort(count, path);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Exception TooShort(long count, string path)
    {
        string found = KsyText.Show(Math.Max(0, _size - Position)) + " bytes";
        return count < 0
            ? Error(KsyErrorKind.OutOfRange, path, "a size from 0 on", KsyText.Show(count))
            : Error(KsyErrorKind.EndOfStream, path, KsyText.Show(count) + " bytes", found);
    }

    private static class Empty<T>
    {
        public static readonly List<T> List = [];
    }

    private void Move(long position)
    {
        if (_memory is not null && position <= _size)
        {
            _buffer = _memory;
            _origin = -_memoryStart;
            _limit = _memoryStart + (int)_size;
            _index = _memoryStart + (int)position;
            return;
        }

        long index = position - _origin;
        if (_memory is null && index >= 0 && index <= _limit)
        {
            _index = (int)index;
            return;
        }

        // Nothing is in the buffer until something is read.
        _origin = position;
        _index = 0;
        _limit = 0;
    }

    /// <summary>Gets the next bytes, at most a block, and passes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int count, string path)
    {
        _bitsLeft = 0;
        if (count > _limit - _index)
        {
            Fill(count, path);
        }

        int index = _index;
        _index = index + count;
        return new ReadOnlySpan<byte>(_buffer, index, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill(int count, string path)
    {
        Require(count, path);
        long position = Position;
        if (_memory is not null)
        {
            Move(position);
            return;
        }

        if (_buffer.Length == 0)
        {
            _buffer = new byte[(int)Math.Min(BlockSize, _size)];
        }

        int length = (int)Math.Min(_buffer.Length, _size - position);
        _limit = 0;
        _index = 0;
        _origin = position;
        Load(position, _buffer.AsSpan(0, length), path);
        _limit = length;
    }

    private void Load(long position, Span<byte> target, string path)
    {
        if (!_context.TryRead(_start + position, target))
        {
            throw Error(KsyErrorKind.EndOfStream, position, path, target.Length + " bytes", "the end of the input");
        }
    }

    /// <summary>Gets the next bytes of any number, and passes them; they are valid until more is read.</summary>
    private ReadOnlySpan<byte> TakeMany(long count, string path)
    {
        _bitsLeft = 0;
        if (_memory is not null || count is >= 0 and <= BlockSize)
        {
            Require(count, path);
            return Take((int)count, path);
        }

        return ReadBytes(count, path);
    }
}

/// <summary>A position with the bits that are left of a byte.</summary>
internal readonly record struct KsyMark(long Position, ulong Bits, int BitsLeft, bool BitsAreLittle);
