using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Pipeline;

/// <summary>The hash and the size of a NAR.</summary>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Size">Its size in bytes.</param>
public readonly record struct NarDigest(NixHash Hash, ulong Size)
{
    /// <summary>Computes them for the NAR of a tree, without keeping it.</summary>
    /// <param name="read">Reads the tree into a sink.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static NarDigest Of(Action<INarSink> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        using NarHasher hasher = new();
        ConsumerOutput output = new(hasher);
        NarWriterSink<ConsumerOutput> sink = new(output);
        read(new CancellableSink(sink, cancellation));
        sink.Complete();
        output.Complete();
        return hasher.Finish();
    }
}
