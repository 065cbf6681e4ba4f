using System.Buffers;

namespace Nario.Codec.Tests.Streams;

/// <summary>Keeps all bytes that it sees.</summary>
public sealed class RecordingConsumer : IBlockConsumer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Number of bytes so far.</summary>
    public long Length => _bytes.WrittenCount;

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes)
    {
        Assert.False(bytes.IsEmpty);
        _bytes.Write(bytes.Span);
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
    }

    /// <summary>Gets all bytes.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
