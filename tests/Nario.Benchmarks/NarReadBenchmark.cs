using BenchmarkDotNet.Attributes;
using Nario.Codec;

namespace Nario.Benchmarks;

/// <summary>Reads a NAR of many small files from memory, contents left in place.</summary>
[MemoryDiagnoser]
public class NarReadBenchmark
{
    private readonly byte[] _nar;
    private readonly NarState _state = new();

    /// <summary>Reads the sample.</summary>
    public NarReadBenchmark()
        : this(NarSample.Make())
    {
    }

    internal NarReadBenchmark(byte[] nar) => _nar = nar;

    /// <summary>The generated reader.</summary>
    [Benchmark(OperationsPerInvoke = NarSample.Nodes)]
    public int Generated()
    {
        _state.Reset();
        NarReader reader = new(_nar, isFinalBlock: true, _state);
        int nodes = 0;
        while (reader.Read())
        {
            if (reader.Token is NarToken.File or NarToken.Symlink or NarToken.DirectoryStart)
            {
                nodes++;
            }
        }

        return nodes;
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = NarSample.Nodes)]
    public int HandWritten()
    {
        HandWrittenWalk walk = new(_nar);
        walk.Walk();
        return walk.Nodes;
    }
}
