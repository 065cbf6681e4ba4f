using System.Buffers;
using Nario.Codec.Blocks;

namespace Nario.Codec;

/// <summary>Delivers what is written to it to a consumer, and keeps nothing of it.</summary>
/// <remarks>Gives spans of up to 128 KiB, more than the generated writers ask for.</remarks>
public sealed class ConsumerOutput : IBufferWriter<byte>
{
    private readonly BlockWriter _blocks;

    /// <summary>Makes an output.</summary>
    /// <param name="consumer">Gets what is written, in pieces of the output's choice.</param>
    public ConsumerOutput(IBlockConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _blocks = new BlockWriter(Stream.Null);
        _blocks.Attach(consumer);
    }

    /// <summary>Delivers the rest. The consumer gets no more then.</summary>
    public void Complete() => _blocks.DetachAll();

    /// <inheritdoc/>
    public void Advance(int count) => _blocks.Advance(count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _blocks.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _blocks.GetSpan(sizeHint);
}
