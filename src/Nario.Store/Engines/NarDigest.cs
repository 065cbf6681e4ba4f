using System.Buffers;
using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Engines;

/// <summary>Computes the hash and the size of the NAR of a tree without keeping it.</summary>
internal sealed class NarDigest : IBufferWriter<byte>, IDisposable
{
    private const int BlockSize = 64 * 1024;

    private readonly byte[] _block = new byte[BlockSize];
    private readonly NarHasher _hasher = new();

    /// <summary>Computes them.</summary>
    /// <param name="read">Reads the tree into a sink.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static (NixHash Hash, ulong Size) Of(Action<INarSink> read, CancellationToken cancellation)
    {
        using NarDigest digest = new();
        NarWriterSink<NarDigest> sink = new(digest);
        read(new CancellableSink(sink, cancellation));
        sink.Complete();
        ulong size = digest._hasher.Size;
        return (digest._hasher.Finish(), size);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _hasher.Observe(_block.AsSpan(0, count));

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _block;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _block;

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();
}
