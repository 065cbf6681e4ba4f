using Nario.Fuzz.Seeds;
using Nario.Fuzz.Specifications;

namespace Nario.Fuzz.Tests;

/// <summary>What fuzzers do, without a fuzzer: seeds, what was once found, and changed seeds.</summary>
public sealed class HarnessTests
{
    private const int MutationCount = 400;

    private static readonly Samples Samples = new();

    [Theory]
    [ClassData(typeof(HarnessNames))]
    public void Every_seed_passes(string name)
    {
        IHarness harness = HarnessCatalogue.Find(name)!;
        using HarnessRunner runner = new(harness);
        byte[][] seeds = [.. harness.GetSeeds(Samples)];
        Assert.NotEmpty(seeds);
        foreach (byte[] seed in seeds)
        {
            Try(runner, seed);
        }
    }

    [Theory]
    [ClassData(typeof(HarnessNames))]
    public void Changed_seeds_pass(string name)
    {
        IHarness harness = HarnessCatalogue.Find(name)!;
        using HarnessRunner runner = new(harness);
        byte[][] seeds = [.. harness.GetSeeds(Samples)];
        Mutator mutator = new(MutationCount, TokenDictionary.GetTokens());
        for (int index = 0; index < MutationCount; index++)
        {
            Try(runner, mutator.Change(seeds[index * seeds.Length / MutationCount]));
        }
    }

    [Theory]
    [ClassData(typeof(HarnessNames))]
    public void The_empty_input_passes(string name)
    {
        using HarnessRunner runner = new(HarnessCatalogue.Find(name)!);
        Try(runner, []);
    }

    [Fact]
    public void What_was_found_once_passes()
    {
        foreach (string file in RepositoryFiles.List(RepositoryFiles.Root, "fuzz/findings", "*"))
        {
            string name = Path.GetFileName(Path.GetDirectoryName(file))!;
            IHarness? harness = HarnessCatalogue.Find(name);
            Assert.True(harness is not null, $"fuzz/findings/{name} is the folder of no harness");
            using HarnessRunner runner = new(harness);
            Try(runner, File.ReadAllBytes(file));
        }
    }

    private static void Try(HarnessRunner runner, byte[] input)
    {
        Exception? error = Record.Exception(() => runner.Run(input));
        Assert.True(error is null, $"{error}\nThe input, in base 64: {Convert.ToBase64String(input)}");
    }
}
