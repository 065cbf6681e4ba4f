using System.Diagnostics;

namespace Nario.Benchmarks;

/// <summary>Times one of our readers of NARs, to be set beside a reader of another language.</summary>
internal static class NarReadTimer
{
    /// <summary>Reads a NAR again and again.</summary>
    /// <param name="nar">The NAR.</param>
    /// <param name="isGenerated">Whether by the generated reader, else by the walk written by hand.</param>
    /// <param name="time">For how long.</param>
    /// <returns>The median of the rounds in nanoseconds a node.</returns>
    public static double Measure(byte[] nar, bool isGenerated, TimeSpan time)
    {
        NarReadBenchmark benchmark = new(nar);
        List<double> rounds = [];
        Stopwatch whole = Stopwatch.StartNew();
        while (whole.Elapsed < time)
        {
            long start = Stopwatch.GetTimestamp();
            int nodes = isGenerated ? benchmark.Generated() : benchmark.HandWritten();
            rounds.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / nodes);
        }

        rounds.Sort();
        return rounds[rounds.Count / 2];
    }
}
