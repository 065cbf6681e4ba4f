using System.Buffers.Text;
using System.Text;
using Nario.Store.Paths;

namespace Nario.Store.Hashes;

/// <summary>
/// Hashes a NAR as if it did not mention its own store path: each occurrence of the hash part counts as 32 zero bytes.
/// That makes content addresses of objects that mention themselves possible.
/// </summary>
/// <remarks>
/// After the contents come the positions of the occurrences, as <c>|OFFSET</c> each, so that zeros in the contents are
/// not taken for occurrences. Nix 2.17 to 2.34 left them out; <c>withPositions: false</c> computes that weaker hash,
/// which anyone can forge by writing zeros. Bytes may come in pieces of any size; the result does not depend on them.
/// </remarks>
public sealed class HashModulo : IDisposable
{
    private const int BufferLength = 64 * 1024;

    /// <summary>"|" and the digits of the greatest offset.</summary>
    private const int MaxPositionTextLength = 1 + 20;

    private readonly StreamingHash _hash;
    private readonly byte[] _hashPart;
    private readonly PositionList? _positions;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _buffered;
    private ulong _bufferOffset;

    /// <summary>Begins a hash.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="self">The path whose hash part counts as zeros.</param>
    /// <param name="withPositions">Whether the positions are hashed as well.</param>
    public HashModulo(HashAlgorithmKind algorithm, StorePath self, bool withPositions = true)
    {
        ArgumentNullException.ThrowIfNull(self);
        _hash = new StreamingHash(algorithm);
        _hashPart = Encoding.ASCII.GetBytes(self.HashPart);
        _positions = withPositions ? new PositionList() : null;
    }

    /// <summary>Gets how often the hash part occurred in what has been searched; final after
    /// <see cref="Finish"/>.</summary>
    public ulong OccurrenceCount { get; private set; }

    /// <summary>Adds bytes.</summary>
    /// <param name="chunk">Any number of bytes.</param>
    /// <exception cref="StoreException">The positions of the occurrences need more memory than
    /// <see cref="PositionList.MaxByteLength"/>.</exception>
    public void Append(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            int taken = Math.Min(chunk.Length, BufferLength - _buffered);
            chunk[..taken].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += taken;
            chunk = chunk[taken..];
            if (_buffered == BufferLength)
            {
                // The last bytes may be the first ones of an occurrence.
                Flush(BufferLength - (_hashPart.Length - 1));
            }
        }
    }

    /// <summary>Gets the hash. Nothing may be added after that.</summary>
    /// <returns>The hash of everything added.</returns>
    /// <exception cref="StoreException">The positions of the occurrences need more memory than
    /// <see cref="PositionList.MaxByteLength"/>.</exception>
    public NixHash Finish()
    {
        Flush(_buffered);
        if (_positions is not null)
        {
            Span<byte> text = stackalloc byte[MaxPositionTextLength];
            text[0] = (byte)'|';
            foreach (ulong position in _positions)
            {
                Utf8Formatter.TryFormat(position, text[1..], out int digits);
                _hash.Append(text[..(1 + digits)]);
            }
        }

        return _hash.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Flush(int length)
    {
        Span<byte> buffered = _buffer.AsSpan(0, _buffered);
        int searched = 0;
        int found;
        while ((found = buffered[searched..].IndexOf(_hashPart)) >= 0)
        {
            int position = searched + found;
            OccurrenceCount++;
            _positions?.Add(_bufferOffset + (ulong)position);
            buffered.Slice(position, _hashPart.Length).Clear();
            searched = position + _hashPart.Length;
        }

        _hash.Append(buffered[..length]);
        buffered[length..].CopyTo(buffered);
        _buffered -= length;
        _bufferOffset += (ulong)length;
    }
}
