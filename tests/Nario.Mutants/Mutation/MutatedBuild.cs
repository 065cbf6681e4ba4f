using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Nario.Mutants.Mutation;

/// <summary>Builds the two assemblies with all mutants in them, in a folder of its own.</summary>
/// <param name="repository">The repository.</param>
/// <param name="folder">The folder, below the repository, so that its settings count.</param>
internal sealed partial class MutatedBuild(string repository, string folder)
{
    private const int MostRounds = 12;

    private static readonly string[] Projects = ["Nario.Codec", "Nario.Store"];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private readonly HashSet<int> _dropped = [];

    private readonly Dictionary<string, string> _mutated = [];

    private string SourceFolder => Path.Join(folder, "src");

    /// <summary>Gets the mutants, once they are built; those that do not compile are not among them.</summary>
    public IReadOnlyList<Mutant> Mutants { get; private set; } = [];

    /// <summary>Makes the assemblies and copies them over those in a folder.</summary>
    /// <param name="areas">What to mutate.</param>
    /// <param name="target">The folder.</param>
    public void Run(IEnumerable<Area> areas, string target)
    {
        CopySources();
        for (int round = 0; round < MostRounds; round++)
        {
            Mutate(areas);
            string output = Build();
            if (!FindErrors(output, out int errors))
            {
                foreach (string project in Projects)
                {
                    File.Copy(
                        Path.Join(SourceFolder, project, "bin", "Release", "net10.0", $"{project}.dll"),
                        Path.Join(target, $"{project}.dll"),
                        overwrite: true);
                }

                return;
            }

            Console.Error.WriteLine($"{errors} errors, {_dropped.Count} mutants that do not compile");
        }

        throw new InvalidOperationException("there is no end to mutants that do not compile");
    }

    [GeneratedRegex(@"^\s*(?<file>/[^(\n]+)\((?<line>\d+),(?<column>\d+)\): error (?<text>[^\[\n]*)", RegexOptions.Multiline)]
    private static partial Regex ErrorLine { get; }

    [GeneratedRegex(@"MutantSwitch\.(?:On|Pick)\((?<id>\d+)")]
    private static partial Regex SwitchCall { get; }

    /// <summary>Gets the mutant that a node of the mutated code decides on, or null when it is none.</summary>
    private static int? FindMutant(SyntaxNode node)
    {
        string? decision = node switch
        {
            Microsoft.CodeAnalysis.CSharp.Syntax.ConditionalExpressionSyntax conditional => conditional.Condition.ToString(),
            Microsoft.CodeAnalysis.CSharp.Syntax.IfStatementSyntax choice => choice.Condition.ToString(),
            Microsoft.CodeAnalysis.CSharp.Syntax.BinaryExpressionSyntax binary => binary.Right.ToString(),
            Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax call => call.ToString(),
            Microsoft.CodeAnalysis.CSharp.Syntax.PrefixUnaryExpressionSyntax unary => unary.ToString(),
            _ => null,
        };
        return decision is not null
            && decision.TrimStart('!').StartsWith("global::Nario.Mutations.", StringComparison.Ordinal)
            && SwitchCall.Match(decision) is { Success: true } match
                ? int.Parse(match.Groups["id"].ValueSpan, CultureInfo.InvariantCulture)
                : null;
    }

    private void CopySources()
    {
        foreach (string project in Projects)
        {
            string source = Path.Join(repository, "src", project);
            string copy = Path.Join(SourceFolder, project);
            foreach (string file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
            {
                string relative = Path.GetRelativePath(source, file);
                if (!relative.StartsWith("obj/", StringComparison.Ordinal)
                    && !relative.StartsWith("bin/", StringComparison.Ordinal))
                {
                    string target = Path.Join(copy, relative);
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.Copy(file, target, overwrite: true);
                }
            }

            // What the generator emits is there as files, in its place.
            XDocument document = XDocument.Load(Path.Join(source, $"{project}.csproj"));
            document.Descendants()
                .Where(static element => element.Name.LocalName is "AdditionalFiles" or "CompilerVisibleProperty"
                    || (element.Name.LocalName == "ProjectReference" && element.Attribute("OutputItemType") is not null))
                .Remove();
            document.Save(Path.Join(copy, $"{project}.csproj"));
        }

        // A test holds these files against what the generator emits.
        string generated = Path.Join(repository, "tests", "Nario.Ksy.Generator.Tests", "golden");
        Directory.CreateDirectory(Path.Join(SourceFolder, Area.GeneratedFolder));
        foreach (string file in Directory.EnumerateFiles(generated, "*.g.cs"))
        {
            File.Copy(file, Path.Join(SourceFolder, Area.GeneratedFolder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private void Mutate(IEnumerable<Area> areas)
    {
        List<Mutant> mutants = [];
        foreach (Area area in areas)
        {
            foreach (string file in area.Files)
            {
                string source = Path.Join(
                    repository,
                    file.StartsWith(Area.GeneratedFolder, StringComparison.Ordinal)
                        ? $"tests/Nario.Ksy.Generator.Tests/golden/{Path.GetFileName(file)}"
                        : $"src/{file}");
                SyntaxNode root = CSharpSyntaxTree.ParseText(File.ReadAllText(source), ParseOptions).GetRoot();
                string text = new MutantRewriter(area.Name, file, _dropped, mutants).Visit(root).ToFullString();
                string target = Path.Join(SourceFolder, file);
                File.WriteAllText(target, text);
                _mutated[target] = text;
            }
        }

        Mutants = [.. mutants.Where(mutant => !_dropped.Contains(mutant.Id))];
        string switches = File.ReadAllText(Path.Join(repository, "tests/Nario.Mutants/Mutation/MutantSwitch.txt"));
        File.WriteAllText(
            Path.Join(SourceFolder, "Nario.Codec", "MutantSwitch.cs"),
            switches.Replace(
                "MUTANT_COUNT", mutants.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    private string Build()
    {
        using Process process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "build", "-c", "Release", "--nologo", "-v:q", Path.Join(SourceFolder, "Nario.Store"),
                "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false",
                "-p:GenerateDocumentationFile=false", "-p:WarningLevel=0", "-p:IsAotCompatible=false",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : output;
    }

    /// <summary>Finds the mutants that errors of the compiler come from, and drops them.</summary>
    private bool FindErrors(string output, out int errors)
    {
        errors = 0;
        if (output.Length == 0)
        {
            return false;
        }

        foreach (Match match in ErrorLine.Matches(output))
        {
            string file = match.Groups["file"].Value;
            if (!_mutated.TryGetValue(file, out string? text))
            {
                throw new InvalidOperationException($"not a mutant's: {match.Value}");
            }

            errors++;
            SyntaxNode root = CSharpSyntaxTree.ParseText(text, ParseOptions).GetRoot();
            int line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            int column = int.Parse(match.Groups["column"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            int position = SourceText.From(text).Lines[line].Start + column;
            SyntaxNode? node = root.FindToken(position).Parent;
            int? mutant = null;
            while (node is not null && mutant is null)
            {
                mutant = FindMutant(node);
                node = node.Parent;
            }

            if (mutant is null)
            {
                // The flow of a method does not work out: none of its mutants on this line or before it are kept.
                node = root.FindToken(position).Parent!.AncestorsAndSelf()
                    .FirstOrDefault(static part => part is Microsoft.CodeAnalysis.CSharp.Syntax.MemberDeclarationSyntax);
                string member = node?.ToString() ?? throw new InvalidOperationException($"not a mutant's: {match.Value}");
                _dropped.UnionWith(SwitchCall.Matches(member)
                    .Select(static call => int.Parse(call.Groups["id"].ValueSpan, CultureInfo.InvariantCulture)));
                Console.Error.WriteLine($"dropped all mutants of a member: {match.Value.Trim()}");
                continue;
            }

            _dropped.Add(mutant.Value);
        }

        return errors > 0 ? true : throw new InvalidOperationException(output);
    }
}
