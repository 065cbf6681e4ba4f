using Nario.Store.Listing;

namespace Nario.Store.Tests.Listing;

/// <summary>A list goes from memory to a file and comes back the same.</summary>
public sealed class SpillBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SpillBuffer.MemoryLimit - 1)]
    [InlineData(SpillBuffer.MemoryLimit)]
    [InlineData(SpillBuffer.MemoryLimit + 1)]
    [InlineData((3 * SpillBuffer.MemoryLimit) + 17)]
    public void What_was_written_is_read(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(static index => (byte)(index * 31 / 7))];
        using SpillBuffer buffer = new();
        Assert.True(buffer is { CanRead: true, CanWrite: true, CanSeek: true });
        int half = length / 2;
        buffer.Write(bytes, 0, half);
        foreach (byte value in bytes.AsSpan(half, Math.Min(3, length - half)))
        {
            buffer.WriteByte(value);
        }

        buffer.Write(bytes.AsSpan(Math.Min(length, half + 3)));
        buffer.Flush();
        Assert.Equal(length, buffer.Length);

        buffer.Position = 0;
        using MemoryStream all = new();
        buffer.CopyTo(all);
        Assert.Equal(bytes, all.ToArray());
        Assert.Equal(length, buffer.Position);
        Assert.Equal(0, buffer.Read(new byte[1], 0, 1));

        using MemoryStream part = new();
        buffer.CopyRange(length / 3, length - (length / 4), part);
        Assert.Equal(bytes[(length / 3)..(length - (length / 4))], part.ToArray());
        Assert.Throws<EndOfStreamException>(() => buffer.CopyRange(0, length + 1, new MemoryStream()));
    }

    [Fact]
    public void Places_are_counted_from_everywhere()
    {
        using SpillBuffer buffer = new();
        buffer.Write([1, 2, 3, 4]);
        Assert.Equal(1, buffer.Seek(1, SeekOrigin.Begin));
        Assert.Equal(2, buffer.ReadByte());
        Assert.Equal(3, buffer.Seek(1, SeekOrigin.Current));
        Assert.Equal(4, buffer.ReadByte());
        Assert.Equal(2, buffer.Seek(-2, SeekOrigin.End));
        Assert.Equal(3, buffer.ReadByte());
    }

    [Fact]
    public void Nothing_is_left_of_what_is_forgotten()
    {
        using SpillBuffer buffer = new();
        buffer.Write(new byte[(2 * SpillBuffer.MemoryLimit) + 5]);
        buffer.SetLength(0);
        Assert.Equal((0, 0), (buffer.Length, buffer.Position));
        buffer.Write([7]);
        using MemoryStream all = new();
        buffer.CopyTo(all);
        Assert.Equal([7], all.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.SetLength(1));
    }
}
