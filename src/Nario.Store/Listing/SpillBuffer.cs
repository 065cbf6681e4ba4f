using System.Buffers;
using Nario.Store.Posix;

namespace Nario.Store.Listing;

/// <summary>
/// Keeps bytes in memory up to <see cref="MemoryLimit"/>, and more in a temporary file without a name. Writing
/// appends, and throws a <see cref="StoreException"/> where such a file cannot be had; reading goes on from
/// <see cref="Position"/>.
/// </summary>
internal sealed class SpillBuffer : Stream
{
    /// <summary>How many bytes it holds in memory at most.</summary>
    public const int MemoryLimit = 1024 * 1024;

    private const int RandomLength = 8;

    private const int FirstSize = 4 * 1024;

    private const int CopyBlockSize = 64 * 1024;

    private byte[] _memory = [];
    private int _memoryLength;
    private FileStream? _file;
    private long _fileLength;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _fileLength + _memoryLength;

    public override long Position { get; set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_memoryLength == _memory.Length)
            {
                MakeRoom();
            }

            int count = Math.Min(buffer.Length, _memory.Length - _memoryLength);
            buffer[..count].CopyTo(_memory.AsSpan(_memoryLength));
            _memoryLength += count;
            buffer = buffer[count..];
        }
    }

    public override void WriteByte(byte value) => Write([value]);

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (Position < _fileLength)
        {
            buffer = buffer[..(int)Math.Min(buffer.Length, _fileLength - Position)];
            count = RandomAccess.Read(_file!.SafeFileHandle, buffer, Position);
        }
        else
        {
            ReadOnlySpan<byte> rest = _memory.AsSpan((int)(Position - _fileLength).._memoryLength);
            count = Math.Min(buffer.Length, rest.Length);
            rest[..count].CopyTo(buffer);
        }

        Position += count;
        return count;
    }

    /// <summary>Copies some of the bytes.</summary>
    /// <param name="start">Offset of the first one.</param>
    /// <param name="end">Offset beyond the last one.</param>
    /// <param name="target">Where they go.</param>
    public void CopyRange(long start, long end, Stream target)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(CopyBlockSize);
        Position = start;
        while (Position < end)
        {
            int count = Read(block.AsSpan(0, (int)Math.Min(block.Length, end - Position)));
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            target.Write(block, 0, count);
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <summary>Forgets all bytes.</summary>
    /// <param name="value">0.</param>
    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
        _memoryLength = 0;
        _fileLength = 0;
        Position = 0;
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static FileStream OpenFile()
    {
        string random = Convert.ToHexStringLower(RandomBytes.Get(RandomLength));
        string path = Path.Combine(Path.GetTempPath(), $"nario-{random}");
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream file = new(path, options);

        // Nothing stays behind, however the program ends.
        File.Delete(path);
        return file;
    }

    private void MakeRoom()
    {
        if (_memory.Length < MemoryLimit)
        {
            Array.Resize(ref _memory, Math.Clamp(_memory.Length * 2, FirstSize, MemoryLimit));
            return;
        }

        try
        {
            _file ??= OpenFile();
            RandomAccess.Write(_file.SafeFileHandle, _memory.AsSpan(0, _memoryLength), _fileLength);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
            PosixException cause = PosixException.Wrap("write a temporary file in", folder, error);
            throw new StoreException($"{cause.Message}; the variable TMPDIR can name another folder", cause);
        }

        _fileLength += _memoryLength;
        _memoryLength = 0;
    }
}
