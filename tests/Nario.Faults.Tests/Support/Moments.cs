namespace Nario.Faults.Tests.Support;

/// <summary>When a program does its work, counted from its start. Learns from each run, since machines vary.</summary>
internal sealed class Moments
{
    private const double Shortening = 0.85;

    private const double Lengthening = 1.08;

    private TimeSpan _work;

    /// <summary>Begins with what was measured.</summary>
    /// <param name="begin">When the program begins to change anything.</param>
    /// <param name="end">When it ends.</param>
    internal Moments(TimeSpan begin, TimeSpan end)
    {
        Begin = begin;
        _work = end - begin;
    }

    /// <summary>Gets when the program begins to change anything.</summary>
    internal TimeSpan Begin { get; }

    /// <summary>Gets a moment of its work, counted from its beginning.</summary>
    internal TimeSpan Pick(Random random) => random.NextDouble() * _work;

    /// <summary>Learns that the program ended before such a moment, or had more to do.</summary>
    internal void Learn(bool hasEnded) => _work *= hasEnded ? Shortening : Lengthening;
}
