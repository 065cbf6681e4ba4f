using System.Buffers;

namespace Nario.Codec.Tests.Streams;

/// <summary>Looks at bytes only when they are released, as late as may be.</summary>
public sealed class LateConsumer : IBlockConsumer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<ReadOnlyMemory<byte>> _unreleased = [];

    /// <summary>How many pieces were not released at once at most.</summary>
    public int MaxUnreleased { get; private set; }

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes)
    {
        Assert.False(bytes.IsEmpty);
        _unreleased.Add(bytes);
        MaxUnreleased = Math.Max(MaxUnreleased, _unreleased.Count);
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory) =>
        Look(1 + _unreleased.FindLastIndex(bytes => bytes.Span.Overlaps(memory.Span)));

    /// <summary>Gets all bytes; looks at those now that have not been released yet.</summary>
    public byte[] ToArray()
    {
        Look(_unreleased.Count);
        return _bytes.WrittenSpan.ToArray();
    }

    private void Look(int count)
    {
        foreach (ReadOnlyMemory<byte> bytes in _unreleased.Take(count))
        {
            _bytes.Write(bytes.Span);
        }

        _unreleased.RemoveRange(0, count);
    }
}
