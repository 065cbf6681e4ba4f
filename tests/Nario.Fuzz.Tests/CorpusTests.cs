namespace Nario.Fuzz.Tests;

/// <summary>Tries what a fuzzer has collected, so that what it reaches can be measured.</summary>
public sealed class CorpusTests
{
    [CorpusTheory]
    [ClassData(typeof(HarnessNames))]
    public void Every_input_of_a_corpus_passes(string name)
    {
        string folder = Path.Join(CorpusTheoryAttribute.Folder, name);
        if (!Directory.Exists(folder))
        {
            return;
        }

        using HarnessRunner runner = new(HarnessCatalogue.Find(name)!);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Exception? error = Record.Exception(() => runner.Run(File.ReadAllBytes(file)));
            Assert.True(error is null, $"{file}: {error}");
        }
    }
}
