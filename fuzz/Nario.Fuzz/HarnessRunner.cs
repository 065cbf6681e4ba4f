using Nario.Fuzz.Memory;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz;

/// <summary>Runs a harness on one input after another, with what holds for all harnesses.</summary>
/// <param name="harness">The harness.</param>
internal sealed class HarnessRunner(IHarness harness) : IDisposable
{
    /// <summary>Managed memory in bytes that one run may ask for, whatever lengths and counts its input claims.</summary>
    public const long MaxAllocatedBytes = 64 * 1024 * 1024;

    /// <summary>Managed memory in bytes that one run may ask for in addition, for each byte of its input.</summary>
    public const long MaxAllocatedBytesPerInputByte = 4096;

    private readonly GuardedMemory _memory = new();

    /// <summary>Tries one input.</summary>
    /// <param name="input">The input.</param>
    /// <returns>What it was refused with, in the ways in which it was tried; nothing: it was accepted.</returns>
    /// <exception cref="FindingException">Something that must hold does not. So it is with every other exception.</exception>
    public IReadOnlyList<string> Run(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> guarded = _memory.Place(input);
        IReadOnlyList<string> refusals = Refusal.Collect();
        long before = GC.GetAllocatedBytesForCurrentThread();
        harness.Run(guarded);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FindingException.Unless(
            allocated <= MaxAllocatedBytes + (MaxAllocatedBytesPerInputByte * input.Length),
            $"{allocated} bytes of memory were asked for by an input of {input.Length} bytes");
        return refusals;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
