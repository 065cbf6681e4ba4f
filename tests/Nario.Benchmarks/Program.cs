using System.Globalization;
using BenchmarkDotNet.Running;
using Nario.Benchmarks;

// make-closure FILE VERSION PATHS FILES LENGTH REFERENCES [last] [empty] [unhashed]
if (args is ["make-closure", var file, var version, var paths, var files, var length, var references, .. var flags])
{
    bool isEmpty = flags.Contains("empty");
    using Stream output = isEmpty ? new SparseStream(File.Create(file)) : File.Create(file);
    ClosureShape shape = new(
        Number(version),
        Number(paths),
        Number(files),
        long.Parse(length, CultureInfo.InvariantCulture),
        Number(references),
        HasReferencesInLast: flags.Contains("last"),
        isEmpty,
        IsHashed: !flags.Contains("unhashed"));
    ClosureMaker.Make(output, shape);
    return;
}

// make-nar FILE
if (args is ["make-nar", var narFile])
{
    File.WriteAllBytes(narFile, NarSample.Make());
    return;
}

// read-nar|write-nar generated|hand-written FILE SECONDS
if (args is [("read-nar" or "write-nar") and var command, ("generated" or "hand-written") and var maker, var nar, var seconds])
{
    byte[] bytes = File.ReadAllBytes(nar);
    NarReadBenchmark read = new(bytes);
    NarWriteBenchmark write = new();
    Func<int> work = (command, maker) switch
    {
        ("read-nar", "generated") => read.Generated,
        ("read-nar", _) => read.HandWritten,
        (_, "generated") => () => NodesOf(write.Generated()),
        _ => () => NodesOf(write.HandWritten()),
    };
    if (work() != NarSample.Nodes || (command == "write-nar" && !write.Written.SequenceEqual(bytes)))
    {
        throw new InvalidOperationException($"not what {nar} holds");
    }

    double figure = NodeTimer.Measure(work, TimeSpan.FromSeconds(Number(seconds)));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure:f1}"));
    return;

    // What is written is the sample, whose nodes are known.
    int NodesOf(int size) => size == bytes.Length ? NarSample.Nodes : 0;
}

// plot FIGURES FILE
if (args is ["plot", var figures, var drawing])
{
    File.WriteAllText(drawing, GrowthPlot.Draw(File.ReadLines(figures)));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(NarReadBenchmark).Assembly).Run(args);

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
