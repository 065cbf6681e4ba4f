using System.Buffers;
using Nario.Codec.Blocks;

namespace Nario.Codec;

/// <summary>Shows what is written to it to an observer, and keeps nothing of it.</summary>
/// <remarks>Gives spans of up to 128 KiB, more than the generated writers ask for.</remarks>
public sealed class ObserverOutput : IBufferWriter<byte>
{
    private readonly BlockWriter _blocks;

    /// <summary>Makes an output.</summary>
    /// <param name="observer">Sees what is written, in pieces of the output's choice.</param>
    public ObserverOutput(IByteObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _blocks = new BlockWriter(Stream.Null) { Observer = observer };
    }

    /// <summary>Shows the rest. The observer sees no more then.</summary>
    public void Complete() => _blocks.Observer = null;

    /// <inheritdoc/>
    public void Advance(int count) => _blocks.Advance(count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _blocks.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _blocks.GetSpan(sizeHint);
}
