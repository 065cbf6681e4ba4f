using System.Buffers;
using Nario.Store.Engines;

namespace Nario.Fuzz.Importing;

/// <summary>Hashes what is written to it.</summary>
internal sealed class HashingOutput : IBufferWriter<byte>
{
    private readonly byte[] _block = new byte[64 * 1024];

    /// <summary>Gets what hashes.</summary>
    public NarHasher Hasher { get; } = new();

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (count > 0)
        {
            Hasher.Observe(_block.AsSpan(0, count));
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _block;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _block;
}
