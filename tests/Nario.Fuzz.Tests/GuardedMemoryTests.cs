using Nario.Fuzz.Memory;

namespace Nario.Fuzz.Tests;

/// <summary>Inputs are handed over whole, whatever their size.</summary>
public sealed class GuardedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(1024 * 1024)]
    [InlineData((1024 * 1024) + 1)]
    public void Holds_the_input(int length)
    {
        using GuardedMemory memory = new();
        byte[] first = [.. Enumerable.Range(0, length).Select(static value => (byte)(value * 7))];
        Assert.True(memory.Place(first).SequenceEqual(first));
        byte[] second = [.. first.Reverse().Skip(1)];
        Assert.True(memory.Place(second).SequenceEqual(second));
    }
}
