using BenchmarkDotNet.Attributes;
using Nario.Ksy.Binding;
using Nario.Ksy.Lowering;
using Nario.Ksy.Syntax;

namespace Nario.Benchmarks;

/// <summary>Compiles the specifications of this project to programs: all that the generator does before it writes C#.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private readonly SpecSource[] _specifications = Load();

    /// <summary>Compiles all of them.</summary>
    [Benchmark]
    public int Compile() => SpecCompiler.Compile(
        [.. _specifications.Select(file => Binder.Bind(file, _specifications).Model!)], static _ => null, out _).Count;

    private static SpecSource[] Load()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "spec")))
        {
            folder = folder.Parent;
        }

        string specifications = Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("spec"), "spec");
        return [.. Directory.GetFiles(specifications, "*.ksy").Select(file => new SpecSource(file, File.ReadAllText(file)))];
    }
}
