using System.Globalization;
using Xunit.Sdk;

namespace Nario.Faults.Tests.Support;

/// <summary>Repeats a fault at random moments, so that each round can be repeated by itself.</summary>
/// <remarks>
/// <c>NARIO_FAULT_ROUNDS</c> says how many rounds there are, <c>NARIO_FAULT_SEED</c> with which one they begin.
/// </remarks>
internal static class FaultRounds
{
    private const string CountVariable = "NARIO_FAULT_ROUNDS";

    private const string SeedVariable = "NARIO_FAULT_SEED";

    private static readonly int? Count = ReadNumber(CountVariable);

    private static readonly int FirstSeed = ReadNumber(SeedVariable) ?? 1;

    /// <summary>Runs the rounds, and tells what they met.</summary>
    /// <param name="output">Takes the tally.</param>
    /// <param name="defaultCount">How many rounds there are when nothing is said.</param>
    /// <param name="round">One round: what is random in it, and what it may count.</param>
    internal static void Run(ITestOutputHelper output, int defaultCount, Action<Random, Tally> round)
    {
        int count = Count ?? defaultCount;
        Tally tally = new();
        for (int seed = FirstSeed; seed < FirstSeed + count; seed++)
        {
            try
            {
                round(new Random(seed), tally);
            }
            catch (Exception error)
            {
                throw new XunitException(
                    $"with {SeedVariable}={seed} {CountVariable}=1 (round {seed - FirstSeed + 1} of {count}): "
                    + error.Message,
                    error);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} rounds: {tally}"));
    }

    private static int? ReadNumber(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
