using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Pipeline;

namespace Nario.Benchmarks;

/// <summary>Finds the size of a NAR that is not kept.</summary>
internal sealed class NarMeasure : IBlockConsumer
{
    private ulong _size;

    /// <summary>Adds what version 2 states of a NAR before the NAR itself.</summary>
    /// <param name="info">What is known of its path.</param>
    /// <param name="isHashed">Whether its hash is computed; else a hash is stated that is not its own.</param>
    /// <param name="write">Writes the tree.</param>
    public static NarioPathInfo Describe(NarioPathInfo info, bool isHashed, Action<INarSink> write)
    {
        (NixHash hash, ulong size) = isHashed
            ? NarDigest.Of(write, CancellationToken.None)
            : new NarDigest(new NixHash(HashAlgorithmKind.Sha256, new byte[HashAlgorithmKind.Sha256.GetByteLength()]), Measure(write));
        return info with { NarSize = size, NarHash = hash.ToBase16() };
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes) => _size += (ulong)bytes.Length;

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
    }

    private static ulong Measure(Action<INarSink> write)
    {
        NarMeasure measure = new();
        ConsumerOutput output = new(measure);
        NarWriterSink<ConsumerOutput> sink = new(output);
        write(sink);
        sink.Complete();
        output.Complete();
        return measure._size;
    }
}
