using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Reads the entries of one open directory after the other, in the order of the file system.</summary>
/// <remarks>Uses <c>getdents64</c>: the C library's <c>readdir</c> would allocate for each directory.</remarks>
internal sealed unsafe class DirectoryReader
{
    /// <summary>How many bytes of entries are read at a time.</summary>
    private const int BufferLength = 16 * 1024;

    private const int LengthOffset = 16;
    private const int KindOffset = 18;
    private const int NameOffset = 19;

    private const byte KindDirectory = 4;
    private const byte KindRegular = 8;
    private const byte KindSymlink = 10;

    /// <summary>The number of <c>getdents64</c>: x86-64 has its own, the newer architectures share one.</summary>
    private static readonly nint CallNumber = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 217 : 61;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferLength);
    private FileDescriptor? _directory;
    private int _position;
    private int _length;
    private int _nameStart;
    private int _nameLength;

    /// <summary>Gets the name of the current entry, valid until the next is read.</summary>
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_nameStart, _nameLength);

    /// <summary>Gets what the current entry is, as far as the file system tells.</summary>
    public FileKind Kind { get; private set; }

    /// <summary>Begins with a directory.</summary>
    /// <param name="directory">The directory, open until the last entry is read; is read from its start.</param>
    /// <exception cref="PosixException">It is no directory.</exception>
    public void Begin(FileDescriptor directory)
    {
        _directory = directory;
        _position = 0;
        _length = 0;
        directory.Rewind();
    }

    /// <summary>Goes to the next entry; <c>.</c> and <c>..</c> are passed over.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="PosixException">The directory cannot be read.</exception>
    public bool Read()
    {
        do
        {
            if (_position == _length && !Fill())
            {
                return false;
            }

            Span<byte> record = _buffer.AsSpan(_position, _length - _position);
            int recordLength = BinaryPrimitives.ReadUInt16LittleEndian(record[LengthOffset..]);
            _nameStart = _position + NameOffset;
            _nameLength = record[NameOffset..recordLength].IndexOf((byte)0);
            Kind = record[KindOffset] switch
            {
                0 => FileKind.Unknown,
                KindRegular => FileKind.Regular,
                KindDirectory => FileKind.Directory,
                KindSymlink => FileKind.Symlink,
                _ => FileKind.Other,
            };
            _position += recordLength;
        }
        while (Name.SequenceEqual("."u8) || Name.SequenceEqual(".."u8));

        return true;
    }

    private bool Fill()
    {
        fixed (byte* buffer = _buffer)
        {
            nint length;
            while ((length = NativeMethods.ReadDirectoryEntries(CallNumber, _directory!, buffer, BufferLength)) < 0)
            {
                PosixError error = FileDescriptor.LastError();
                if (error != PosixError.Interrupted)
                {
                    throw _directory!.Failed("read the directory", error);
                }
            }

            _position = 0;
            _length = (int)length;
            return length > 0;
        }
    }
}
