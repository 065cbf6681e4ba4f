using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;
using Xunit.Abstractions;

namespace Nario.Kaitai.Tests;

/// <summary>Public formats: each gives C# without error or warning.</summary>
public sealed class FormatTests(ITestOutputHelper output)
{
    /// <summary>Fewest formats of the folder beside the repository that compile; it only ever rises.</summary>
    private const int Floor = 97;

    [SuiteFact(SuiteFolders.FormatsVariable)]
    public void Formats_CompileWithoutErrorOrWarning()
    {
        SpecFolder folder = new(SuiteFolders.Formats!);
        string[] files = SuiteFolders.Files(folder.Root, "*.ksy");
        Assert.NotEmpty(files);
        (string File, string? Fault)[] results =
            [.. files.AsParallel().AsOrdered().Select(file => (file, Check(folder, file)))];
        StringBuilder text = new();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{results.Count(result => result.Fault is null)} of {results.Length}");
        foreach ((string file, string? fault) in results.Where(result => result.Fault is not null))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder.Root, file)}: {fault}");
        }

        output.WriteLine(text.ToString());
        int floor = SuiteFolders.IsNamed(SuiteFolders.FormatsVariable) ? results.Length : Floor;
        Assert.True(results.Count(result => result.Fault is null) >= floor, text.ToString());
    }

    [SuiteFact(SuiteFolders.FormatsVariable)]
    public void AllFormatsTogether_CompileInOneProject()
    {
        SpecText[] specs =
        [
            .. SuiteFolders.Files(SuiteFolders.Formats!, "*.ksy")
                .Select(file => new SpecText(file, File.ReadAllText(file))),
        ];
        Stopwatch watch = Stopwatch.StartNew();
        GeneratorRunResult result = ClassGenerator.Run(specs);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{watch.ElapsedMilliseconds} ms, {result.GeneratedSources.Length} files, "
                + $"{result.GeneratedSources.Sum(source => (long)source.SourceText.Length):N0} characters"));
        Diagnostic[] wrong =
        [
            .. result.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error),
            .. ClassGenerator.Compile(result, [], Stream.Null),
        ];
        output.WriteLine(string.Join('\n', wrong.Take(20).Select(item => item.ToString())));
        Assert.True(wrong.Length == 0, $"{wrong.Length} are wrong");
    }

    private static string? Check(SpecFolder folder, string file)
    {
        GeneratorRunResult result = ClassGenerator.Run(folder.Closure(file));
        Diagnostic? refused = result.Diagnostics.FirstOrDefault(item => item.Severity == DiagnosticSeverity.Error);
        if (refused is not null)
        {
            return $"refused: {refused}";
        }

        if (result.GeneratedSources.IsEmpty)
        {
            return "gives nothing";
        }

        return ClassGenerator.Compile(result, [], Stream.Null) is [var first, ..] all
            ? $"{all.Length} of C#: {first}"
            : null;
    }
}
