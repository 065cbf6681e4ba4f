using BenchmarkDotNet.Attributes;
using Nario.Ksy.Lowering;

namespace Nario.Benchmarks;

/// <summary>Compiles the specifications of this project to programs: all that the generator does before it writes C#.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private readonly (string File, string Text)[] _specifications = Load();

    /// <summary>Compiles all of them.</summary>
    [Benchmark]
    public int Compile() => SpecCompiler.Compile(_specifications, out _).Count;

    private static (string File, string Text)[] Load()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "spec")))
        {
            folder = folder.Parent;
        }

        string specifications = Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("spec"), "spec");
        return [.. Directory.GetFiles(specifications, "*.ksy").Select(file => (file, File.ReadAllText(file)))];
    }
}
