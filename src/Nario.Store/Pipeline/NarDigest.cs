using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Pipeline;

/// <summary>Computes the hash and the size of the NAR of a tree without keeping it.</summary>
public static class NarDigest
{
    /// <summary>Computes them.</summary>
    /// <param name="read">Reads the tree into a sink.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The SHA-256, and the size in bytes.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static (NixHash Hash, ulong Size) Of(Action<INarSink> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        using NarHasher hasher = new();
        ObserverOutput output = new(hasher);
        NarWriterSink<ObserverOutput> sink = new(output);
        read(new CancellableSink(sink, cancellation));
        sink.Complete();
        output.Complete();
        ulong size = hasher.Size;
        return (hasher.Finish(), size);
    }
}
