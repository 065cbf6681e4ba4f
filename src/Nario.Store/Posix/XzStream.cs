using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Reads what was compressed by xz, several streams one after another as well, with the system's liblzma.</summary>
/// <remarks>Checks that are in the data are checked. Memory: up to <see cref="MaxMemory"/>.</remarks>
public sealed unsafe class XzStream : Stream
{
    /// <summary>What the decoder may take, in bytes: twice what <c>xz -9</c> needs.</summary>
    public const ulong MaxMemory = 128UL << 20;

    private const int BlockLength = 64 * 1024;

    private const uint ConcatenatedFlag = 8;

    private const int ActionRun = 0;
    private const int ActionFinish = 3;

    private const int Good = 0;
    private const int StreamEnd = 1;
    private const int MemoryLimitReached = 6;

    private readonly Stream _input;
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(BlockLength, pinned: true);
    private NativeLzma.State* _state;
    private bool _isInputOver;
    private bool _isOver;

    /// <summary>Makes a decoder.</summary>
    /// <param name="input">The compressed data; disposed with this.</param>
    /// <exception cref="StoreException">There is no liblzma on this machine, or no memory.</exception>
    public XzStream(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        _state = (NativeLzma.State*)NativeMemory.AllocZeroed((nuint)sizeof(NativeLzma.State));
        try
        {
            Check(NativeLzma.InitializeDecoder(_state, MaxMemory, ConcatenatedFlag));
        }
        catch (DllNotFoundException)
        {
            Free();
            throw new StoreException("cannot read xz: the library liblzma.so.5 (of the package liblzma5 or xz) is not there");
        }
        catch
        {
            Free();
            throw;
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data are damaged, end early, or need too much memory.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_state == null, this);
        if (buffer.IsEmpty)
        {
            return 0;
        }

        fixed (byte* output = buffer)
        {
            _state->NextOutput = output;
            _state->OutputLength = (nuint)buffer.Length;
            while (!_isOver && _state->OutputLength == (nuint)buffer.Length)
            {
                if (_state->InputLength == 0 && !_isInputOver)
                {
                    int count = _input.Read(_block);
                    _isInputOver = count == 0;
                    _state->NextInput = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_block, 0);
                    _state->InputLength = (nuint)count;
                }

                int result = NativeLzma.Code(_state, _isInputOver ? ActionFinish : ActionRun);
                _isOver = result == StreamEnd;
                Check(result);
            }

            return buffer.Length - (int)_state->OutputLength;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _state != null)
        {
            NativeLzma.End(_state);
            Free();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Check(int result)
    {
        if (result is not (Good or StreamEnd))
        {
            throw new InvalidDataException(result == MemoryLimitReached
                ? $"it takes more than {MaxMemory} bytes of memory"
                : $"it is corrupt or ends early (liblzma error {result})");
        }
    }

    private void Free()
    {
        NativeMemory.Free(_state);
        _state = null;
    }
}
