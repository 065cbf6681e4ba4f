using Nario.Fuzz.Seeds;

namespace Nario.Fuzz;

/// <summary>Puts one part of the toolkit to the test with bytes of an attacker's choice.</summary>
internal interface IHarness
{
    /// <summary>Gets the name by which the harness is chosen, and under which its findings are kept.</summary>
    string Name { get; }

    /// <summary>Gets what it does with the bytes and what must hold, in one line.</summary>
    string Description { get; }

    /// <summary>Tries one input. What the code under test may refuse an input with does not leave this method.</summary>
    /// <param name="input">The input; the memory after it cannot be read.</param>
    /// <exception cref="FindingException">Something that must hold does not. So it is with every other exception.</exception>
    void Run(ReadOnlySpan<byte> input);

    /// <summary>Gets inputs to begin with.</summary>
    /// <param name="samples">Files that are known to be worth a start.</param>
    IEnumerable<byte[]> GetSeeds(Samples samples);
}
