using System.Buffers;

namespace Nario.Codec.Tests.Streams;

/// <summary>Looks at bytes only when they are released, as late as may be.</summary>
public sealed class LateObserver : IByteObserver
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Queue<ReadOnlyMemory<byte>> _unreleased = new();

    /// <summary>How many pieces were not released at once at most.</summary>
    public int MaxUnreleased { get; private set; }

    /// <inheritdoc/>
    public void Observe(ReadOnlyMemory<byte> bytes)
    {
        Assert.False(bytes.IsEmpty);
        _unreleased.Enqueue(bytes);
        MaxUnreleased = Math.Max(MaxUnreleased, _unreleased.Count);
    }

    /// <inheritdoc/>
    public void Release() => _bytes.Write(_unreleased.Dequeue().Span);

    /// <summary>Gets all bytes, which have been released.</summary>
    public byte[] ToArray()
    {
        Assert.Empty(_unreleased);
        return _bytes.WrittenSpan.ToArray();
    }
}
