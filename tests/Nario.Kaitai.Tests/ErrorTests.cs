using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Generator.Tests.Harness;
using Nario.Ksy.Yaml;
using Xunit.Abstractions;

namespace Nario.Kaitai.Tests;

/// <summary>The official tests of faulty specifications: what is reported, and where.</summary>
public sealed partial class ErrorTests(ITestOutputHelper output)
{
    /// <summary>
    /// Fewest files of the folder beside the repository that are reported rightly; it only ever rises.
    /// </summary>
    private const int Floor = 103;

    [SuiteFact(SuiteFolders.TestsVariable)]
    public void Faults_AreReportedAtTheirPlace()
    {
        SpecFolder folder = new(Path.Combine(SuiteFolders.Tests!, "formats_err"));
        string[] files = SuiteFolders.Files(folder.Root, "*.ksy");
        Assert.NotEmpty(files);
        StringBuilder text = new();
        int right = 0;
        foreach (string file in files)
        {
            string[] wrong = [.. Check(folder, file)];
            right += wrong.Length == 0 ? 1 : 0;
            if (wrong.Length > 0)
            {
                text.AppendLine($"{Path.GetFileNameWithoutExtension(file)}: {string.Join("; ", wrong)}");
            }
        }

        string report = $"{right} of {files.Length}\n{text}";
        output.WriteLine(report);
        int floor = SuiteFolders.IsNamed(SuiteFolders.TestsVariable) ? files.Length : Floor;
        Assert.True(right >= floor, report);
    }

    private static IEnumerable<string> Check(SpecFolder folder, string file)
    {
        IReadOnlyList<SpecText> specs = folder.Closure(file);
        Dictionary<string, SpecText> byName = specs.ToDictionary(spec => Path.GetFileNameWithoutExtension(spec.Path));
        List<Diagnostic> found = [.. ClassGenerator.Run(specs).Diagnostics];
        foreach (Match match in Expectation().Matches(File.ReadAllText(file)))
        {
            // A comment that was copied from another file names that one.
            SpecText spec = byName.GetValueOrDefault(match.Groups["file"].Value, specs[0]);
            string place = match.Groups["place"].Value;
            DiagnosticSeverity severity = match.Groups["severity"].Value == "error"
                ? DiagnosticSeverity.Error
                : DiagnosticSeverity.Warning;
            if (found.RemoveAll(item => item.Severity == severity && IsAt(item, spec, place)) == 0)
            {
                yield return $"no {match.Groups["severity"].Value} at {place}";
            }
        }

        foreach (Diagnostic other in found.Where(item => item.Severity == DiagnosticSeverity.Error))
        {
            yield return $"also {other.Location.GetLineSpan().StartLinePosition}: {other.GetMessage()}";
        }
    }

    /// <summary>Gets whether a diagnostic begins at a node or in its key, or within a node that is a scalar.</summary>
    private static bool IsAt(Diagnostic diagnostic, SpecText spec, string place)
    {
        if (diagnostic.Location.GetLineSpan().Path != spec.Path)
        {
            return false;
        }

        int start = diagnostic.Location.SourceSpan.Start;
        FileLinePositionSpan lines = diagnostic.Location.GetLineSpan();
        if (Position().Match(place) is { Success: true } position)
        {
            return lines.StartLinePosition.Line + 1 == int.Parse(
                position.Groups["line"].Value, CultureInfo.InvariantCulture);
        }

        DiagnosticBag ignored = new(spec.Path);
        if (YamlReader.Parse(spec.GetText().ToString(), ignored) is not { } root)
        {
            return place == "/";
        }

        IReadOnlyList<SourceSpan> spans = YamlPath.Find(root, place);
        bool isScalar = YamlPath.IsScalar(root, place);
        return spans.Where((span, index) => start == span.Start
            || ((isScalar || index < spans.Count - 1) && start > span.Start
                && start <= span.Start + span.Length)).Any();
    }

    [GeneratedRegex(@"^# (?<file>\w+)\.ksy:? ?(?<place>/\S*|\d+:\d+):\s*\n# \t(?<severity>error|warning):",
        RegexOptions.Multiline)]
    private static partial Regex Expectation();

    [GeneratedRegex(@"^(?<line>\d+):\d+$")]
    private static partial Regex Position();
}
