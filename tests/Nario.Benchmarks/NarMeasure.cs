using System.Buffers;
using Nario.Codec;
using Nario.Store.Engines;
using Nario.Store.Hashes;

namespace Nario.Benchmarks;

/// <summary>Finds the size of a NAR that is not kept, and its hash if that is wanted.</summary>
internal sealed class NarMeasure(NarHasher? hasher) : IBufferWriter<byte>
{
    private const int BlockSize = 64 * 1024;

    private readonly byte[] _block = new byte[BlockSize];

    /// <summary>Bytes written.</summary>
    public ulong Size { get; private set; }

    /// <summary>Adds what version 2 states of a NAR before the NAR itself.</summary>
    /// <param name="info">What is known of its path.</param>
    /// <param name="isHashed">Whether its hash is computed; else a hash is stated that is not its own.</param>
    /// <param name="write">Writes the tree.</param>
    public static NarioPathInfo Describe(NarioPathInfo info, bool isHashed, Action<INarSink> write)
    {
        using NarHasher hasher = new();
        NarMeasure measure = new(isHashed ? hasher : null);
        NarWriterSink<NarMeasure> sink = new(measure);
        write(sink);
        sink.Complete();
        NixHash hash = hasher.Finish();
        return info with { NarSize = measure.Size, NarHash = hash.ToBase16() };
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        Size += (ulong)count;
        hasher?.Observe(_block.AsSpan(0, count));
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _block;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _block;
}
