using System.Buffers;
using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Collects the bytes that it observes.</summary>
internal sealed class ByteCollector : IBlockConsumer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Gets what was observed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes) => Add(bytes.Span);

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);
}
