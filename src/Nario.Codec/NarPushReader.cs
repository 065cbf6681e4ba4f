namespace Nario.Codec;

/// <summary>Reads a NAR that it is given piece by piece into a sink.</summary>
/// <remarks>
/// A consumer of the blocks that a <see cref="NarCursor"/> reads on another thread. Holds the part of a token between two
/// pieces, no more. One that has thrown can only begin a new NAR.
/// </remarks>
public sealed class NarPushReader : IBlockConsumer
{
    private readonly NarState _state = new();

    /// <summary>The rest of a piece, which is part of a token, and enough of the next piece to make it whole.</summary>
    private readonly byte[] _joint = new byte[2 * NarReader.MinimumBlockSize];
    private int _restLength;
    private INarSink? _sink;

    /// <summary>Whether the whole NAR was read.</summary>
    public bool IsComplete => _state.IsComplete;

    /// <summary>Begins a NAR, whatever came of the one before.</summary>
    /// <param name="sink">What takes it.</param>
    /// <param name="offset">
    /// Offset of its first byte, and with <paramref name="end"/> the one that it may not go beyond. With those of a
    /// <see cref="NarCursor"/> that reads it too, both find the same errors at the same offsets.
    /// </param>
    /// <param name="end">The offset that it may not go beyond.</param>
    public void Begin(INarSink sink, long offset = 0, long end = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
        _restLength = 0;
        _state.Reset(offset, end);
    }

    /// <summary>Reads the next piece of the NAR.</summary>
    /// <param name="bytes">The piece; not looked at after the call.</param>
    /// <exception cref="NarioFormatException">The NAR is not valid; offsets count on from the one that it began with.</exception>
    /// <exception cref="InvalidOperationException">
    /// No NAR was begun, the reader has failed before, or there is more than the NAR.
    /// </exception>
    public void Consume(ReadOnlyMemory<byte> bytes)
    {
        INarSink sink = _sink ?? throw new InvalidOperationException("No NAR was begun, or the reader has failed before.");

        // A sink that throws has not taken all of this piece, so the next one would not follow what it has.
        _sink = null;
        ReadOnlySpan<byte> piece = bytes.Span;
        while (_restLength > 0 && !piece.IsEmpty)
        {
            int added = Math.Min(piece.Length, _joint.Length - _restLength);
            piece[..added].CopyTo(_joint.AsSpan(_restLength));
            int count = Read(_joint.AsSpan(0, _restLength + added), sink);
            if (count == 0)
            {
                _restLength += added;
                piece = piece[added..];
            }
            else
            {
                // More than the rest, which the reader could do nothing with alone.
                piece = piece[(count - _restLength)..];
                _restLength = 0;
            }
        }

        piece = piece[Read(piece, sink)..];
        if (_state.IsComplete && !piece.IsEmpty)
        {
            throw new InvalidOperationException("There is more than the NAR.");
        }

        if (!piece.IsEmpty)
        {
            piece.CopyTo(_joint);
            _restLength = piece.Length;
        }

        _sink = sink;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
    }

    /// <summary>Reads all tokens that lie whole in a block.</summary>
    /// <returns>How many bytes they take.</returns>
    private int Read(ReadOnlySpan<byte> block, INarSink sink)
    {
        NarReader reader = new(block, isFinalBlock: false, _state);
        while (reader.Read())
        {
            ReadOnlySpan<byte> value = reader.Token switch
            {
                NarToken.Entry => reader.Entry,
                NarToken.Contents => reader.Contents,
                NarToken.Symlink => reader.Symlink,
                _ => default,
            };
            sink.WriteToken(reader.Token, value, reader.File.IsExecutable, reader.File.Length);
        }

        return reader.Consumed;
    }
}
