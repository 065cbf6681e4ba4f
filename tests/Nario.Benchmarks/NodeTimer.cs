using System.Diagnostics;

namespace Nario.Benchmarks;

/// <summary>Times what reads or writes a NAR, to be set beside programs that BenchmarkDotNet does not run.</summary>
internal static class NodeTimer
{
    /// <summary>Reads or writes a NAR again and again.</summary>
    /// <param name="work">Does it once, and gives the number of its nodes.</param>
    /// <param name="time">For how long.</param>
    /// <returns>The median of the rounds in nanoseconds a node.</returns>
    public static double Measure(Func<int> work, TimeSpan time)
    {
        List<double> rounds = [];
        Stopwatch whole = Stopwatch.StartNew();
        while (whole.Elapsed < time)
        {
            long start = Stopwatch.GetTimestamp();
            int nodes = work();
            rounds.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / nodes);
        }

        rounds.Sort();
        return rounds[rounds.Count / 2];
    }
}
