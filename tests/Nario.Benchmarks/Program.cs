using System.Globalization;
using BenchmarkDotNet.Running;
using Nario.Benchmarks;

if (args is ["make-closure", var file, var paths, var files, var length, var references])
{
    using FileStream output = File.Create(file);
    ClosureMaker.Make(output, Number(paths), Number(files), long.Parse(length, CultureInfo.InvariantCulture), Number(references));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(NarReadBenchmark).Assembly).Run(args);

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
