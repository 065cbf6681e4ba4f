using System.Buffers;

namespace Nario.Benchmarks;

/// <summary>Takes bytes into an array of fixed size.</summary>
internal sealed class SpanOutput(byte[] array) : IBufferWriter<byte>
{
    /// <summary>Bytes taken.</summary>
    public int Count { get; private set; }

    public void Reset() => Count = 0;

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => array.AsMemory(Count);

    public Span<byte> GetSpan(int sizeHint = 0) => array.AsSpan(Count);
}
