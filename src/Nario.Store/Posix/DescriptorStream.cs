namespace Nario.Store.Posix;

/// <summary>
/// Reads or writes what the program was started with or a file that the user named, without a buffer. Waiting for the
/// other end of a pipe ends when the work is cancelled.
/// </summary>
/// <remarks>
/// Only regular files can seek. The position is the one that the operating system keeps, so that commands which share
/// an output write one after the other; a file that is read is brought to it in the end. A failure is never passed over, a broken pipe and a full disk included; but
/// for standard error, which is where it would be told.
/// </remarks>
public sealed class DescriptorStream : Stream
{
    /// <summary>What errors call the standard output.</summary>
    public const string StandardOutputName = "standard output";

    private const int InputNumber = 0;

    private const int OutputNumber = 1;

    private const int ErrorNumber = 2;

    // How often waiting looks whether the work is cancelled.
    private const int WaitMilliseconds = 100;

    // What a user may ask for without rights.
    private const int PipeCapacity = 1024 * 1024;

    // Where the system shows the open files, without which a file cannot get its first name.
    private const string DescriptorDirectory = "/proc/self/fd";

    private const int CopyBlockLength = 64 * 1024;

    private const int DefaultPermissions = 0x1b6;

    private const int PermissionMask = 0x1ff;

    private readonly FileDescriptor _descriptor;
    private readonly string _name;
    private readonly bool _isBorrowed;
    private readonly bool _toRead;
    private readonly CancellationToken _cancellation;
    private bool _isLossy;
    private long _position;

    private DescriptorStream(
        FileDescriptor descriptor, string name, bool isBorrowed, bool toRead, CancellationToken cancellation)
    {
        _descriptor = descriptor;
        _name = name;
        _isBorrowed = isBorrowed;
        _toRead = toRead;
        _cancellation = cancellation;
        IsRegularFile = descriptor.GetStatus().Kind == FileKind.Regular;
        _position = IsRegularFile ? descriptor.FindPosition() ?? 0 : 0;
        if (toRead && !IsRegularFile)
        {
            descriptor.WidenPipe(PipeCapacity);
        }
    }

    /// <summary>Gets whether it is a file on a disk.</summary>
    public bool IsRegularFile { get; }

    /// <summary>Gets whether it is a terminal.</summary>
    public bool IsTerminal => _descriptor.IsTerminal;

    /// <summary>Gets or sets who may do what with the file; setting does not heed the umask.</summary>
    /// <exception cref="StoreException">They cannot be read or set.</exception>
    public UnixFileMode Permissions
    {
        get => (UnixFileMode)(_descriptor.GetStatus().Permissions & PermissionMask);
        set => _descriptor.SetPermissions((int)value);
    }

    /// <inheritdoc/>
    public override bool CanRead => _toRead;

    /// <inheritdoc/>
    public override bool CanWrite => !_toRead;

    /// <inheritdoc/>
    public override bool CanSeek => IsRegularFile && _toRead;

    /// <inheritdoc/>
    public override long Length => CanSeek ? (long)_descriptor.GetStatus().Size : throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => CanSeek ? _position : throw new NotSupportedException();
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Opens the standard input of this process.</summary>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The stream; disposing it leaves the input open.</returns>
    /// <exception cref="StoreException">It is closed.</exception>
    public static DescriptorStream OpenStandardInput(CancellationToken cancellation) =>
        Borrow(InputNumber, "standard input", toRead: true, cancellation);

    /// <summary>Opens the standard output of this process.</summary>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The stream; disposing it leaves the output open.</returns>
    /// <exception cref="StoreException">It is closed.</exception>
    public static DescriptorStream OpenStandardOutput(CancellationToken cancellation) =>
        Borrow(OutputNumber, StandardOutputName, toRead: false, cancellation);

    /// <summary>Opens the standard error of this process. What cannot be written there is lost.</summary>
    /// <returns>The stream; disposing it leaves the output open.</returns>
    /// <exception cref="StoreException">It is closed.</exception>
    public static DescriptorStream OpenStandardError()
    {
        DescriptorStream stream = Borrow(ErrorNumber, "standard error", toRead: false, CancellationToken.None);
        stream._isLossy = true;
        return stream;
    }

    /// <summary>Opens a file, a FIFO or a device to read it.</summary>
    /// <param name="path">Its path; links are followed.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The stream.</returns>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static DescriptorStream OpenRead(string path, CancellationToken cancellation) =>
        Own(FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NoControllingTerminal), path, true, cancellation);

    /// <summary>Opens a file to write to it, if it is there.</summary>
    /// <param name="path">Its path; a link is followed where the kernel allows it.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The stream, or null when nothing is there.</returns>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static DescriptorStream? TryOpenWrite(string path, CancellationToken cancellation)
    {
        FileDescriptor descriptor = new();
        PosixError error = descriptor.TryOpen(path, OpenFlags.WriteOnly | OpenFlags.NoControllingTerminal);
        return error switch
        {
            PosixError.None => Own(descriptor, path, false, cancellation),
            PosixError.NotFound => null,
            _ => throw new PosixException("open", path, (int)error),
        };
    }

    /// <summary>Makes a file to write to it.</summary>
    /// <param name="path">Its path, where nothing may be, not even a link.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The stream.</returns>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public static DescriptorStream Create(string path, string name, CancellationToken cancellation)
    {
        FileDescriptor descriptor = new();
        PosixError error = descriptor.TryOpen(
            path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, DefaultPermissions);
        return error == PosixError.None
            ? Own(descriptor, name, false, cancellation)
            : throw new PosixException("create", name, (int)error);
    }

    /// <summary>Makes a file that has no name yet: if the program is killed, nothing of it stays.</summary>
    /// <param name="directory">The directory where it will have one.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The stream, or null where there cannot be such files.</returns>
    public static DescriptorStream? TryCreateUnnamed(
        string directory, string name, CancellationToken cancellation)
    {
        FileDescriptor descriptor = new();
        if (Directory.Exists(DescriptorDirectory)
            && descriptor.TryOpen(directory, OpenFlags.ReadWrite | OpenFlags.Unnamed, DefaultPermissions)
                == PosixError.None)
        {
            return Own(descriptor, name, false, cancellation);
        }

        descriptor.Dispose();
        return null;
    }

    /// <summary>Waits until there is something to read, or the input has ended.</summary>
    /// <param name="milliseconds">How long at most.</param>
    /// <returns>Whether reading would not wait.</returns>
    public bool WaitForInput(int milliseconds) => IsRegularFile || _descriptor.Wait(_toRead, milliseconds);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            Wait();
            PosixError error = CanSeek
                ? _descriptor.TryReadAt(buffer, _position, out int count)
                : _descriptor.TryRead(buffer, out count);
            switch (error)
            {
                case PosixError.None:
                    _position += count;
                    return count;
                case PosixError.Interrupted or PosixError.WouldBlock:
                    break;
                default:
                    throw new PosixException("read", _name, (int)error);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Wait();
            PosixError error = _descriptor.TryWrite(buffer, out int count);
            switch (error)
            {
                case PosixError.None:
                    buffer = buffer[count..];
                    break;
                case PosixError.Interrupted or PosixError.WouldBlock:
                    break;
                default:
                    if (_isLossy)
                    {
                        return;
                    }

                    throw new PosixException("write", _name, (int)error);
            }
        }
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        if (!CanSeek)
        {
            throw new NotSupportedException();
        }

        long position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        _position = position;
        return position;
    }

    /// <summary>Waits until the content of the file has reached the disk, gives it a name, and closes it.</summary>
    /// <param name="path">The name of a file that has none yet; else null.</param>
    /// <exception cref="StoreException">It cannot be written or have the name.</exception>
    public void CloseSynchronized(string? path)
    {
        _descriptor.Sync();
        switch (path is null ? PosixError.None : _descriptor.TryLinkTo(path))
        {
            case PosixError.None:
                break;
            case PosixError.AccessDenied or PosixError.NotPermitted or PosixError.NotImplemented
                or PosixError.NotSupported:
                // Android, some containers and some file systems let nobody make links.
                CopyTo(path!);
                break;
            case var error:
                throw new PosixException("create", path!, (int)error);
        }

        _descriptor.CloseChecked();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_isBorrowed)
            {
                _descriptor.Dispose();
            }
            else if (CanSeek)
            {
                _descriptor.SeekTo(_position);
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Makes a file with the content and the permissions of this one, all on the disk.</summary>
    private void CopyTo(string path)
    {
        using FileDescriptor copy = FileDescriptor.Open(
            path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, DefaultPermissions);
        copy.SetPermissions((int)Permissions);
        byte[] block = new byte[CopyBlockLength];
        _descriptor.Rewind();
        while (_descriptor.Read(block) is > 0 and var count)
        {
            _cancellation.ThrowIfCancellationRequested();
            copy.Write(block.AsSpan(0, count));
        }

        copy.Sync();
        copy.CloseChecked();
    }

    private static DescriptorStream Borrow(int number, string name, bool toRead, CancellationToken cancellation) =>
        new(FileDescriptor.Borrow(number, name), name, isBorrowed: true, toRead, cancellation);

    private static DescriptorStream Own(
        FileDescriptor descriptor, string name, bool toRead, CancellationToken cancellation)
    {
        try
        {
            return new DescriptorStream(descriptor, name, isBorrowed: false, toRead, cancellation);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    private void Wait()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (IsRegularFile)
        {
            return;
        }

        while (!_descriptor.Wait(_toRead, WaitMilliseconds))
        {
            _cancellation.ThrowIfCancellationRequested();
        }
    }
}
