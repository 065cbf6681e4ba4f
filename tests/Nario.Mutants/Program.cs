using System.Diagnostics;
using System.Runtime.Versioning;
using Nario.Mutants;
using Nario.Mutants.Mutation;
using Nario.Mutants.Running;
using Nario.Testing;

[assembly: SupportedOSPlatform("linux")]

const string RunningFolder = "running";

if (args is ["--worker", var part])
{
    Worker.Serve(part);
    return 0;
}

Settings settings;
try
{
    settings = Settings.Parse(args);
}
catch (FormatException)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

long begin = Stopwatch.GetTimestamp();
string folder = Path.Join(TestFiles.Repository, "tests", "Nario.Mutants", "obj", RunningFolder);
string program = Path.Join(folder, "program");
foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
{
    string target = Path.Join(program, Path.GetRelativePath(AppContext.BaseDirectory, file));
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    File.Copy(file, target);
}

// All areas are mutated whatever is tried, so that a mutant's number is always the same.
MutatedBuild build = new(TestFiles.Repository, folder);
build.Run(Area.All, program);
List<Mutant> chosen = [];
#pragma warning disable CA5394 // Nothing secret: a sample that is the same each time.
Random random = new(settings.Seed);
foreach (Area area in Area.All.Where(area => settings.Areas.Count == 0 || settings.Areas.Contains(area.Name)))
{
    Mutant[] mutants =
        [.. build.Mutants.Where(mutant => mutant.Area == area.Name && (settings.Places.Count == 0 || settings.Places.Exists(
            place => $"{mutant.File}:{mutant.Line}:".Contains(place.Contains(':', StringComparison.Ordinal) ? $"{place}:" : place, StringComparison.Ordinal))))];
    Console.WriteLine($"{area.Name}: {mutants.Length} mutants");
    random.Shuffle(mutants);
    chosen.AddRange(mutants.Take(settings.Sample).Where(mutant => settings.Ids.Count == 0 || settings.Ids.Contains(mutant.Id)));
}

// A run that is broken off has tried some of every area.
Mutant[] order = [.. chosen];
random.Shuffle(order);
#pragma warning restore CA5394
if (settings.IsList)
{
    chosen.ForEach(Console.WriteLine);
    return 0;
}

MutantRun run = new(program, Path.Join(folder, "scratch"), settings.Workers, settings.Budget, settings.Tests);
run.Map();
Console.WriteLine($"ready after {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s");
List<Verdict> verdicts = [];
string verdictFile = Path.Join(folder, "verdicts.tsv");
run.Try(order, verdict =>
{
    lock (verdicts)
    {
        verdicts.Add(verdict);
        File.AppendAllText(verdictFile, $"{verdict.Outcome}\t{verdict.Mutant}\t{verdict.Test}\n");
        if (verdict.Outcome != Outcome.Killed)
        {
            Console.WriteLine($"{verdict.Outcome}\t{verdict.Mutant}\t{verdict.Test}");
        }
    }
});

Console.WriteLine();
Console.WriteLine($"{"area",-10} {"tried",6} {"killed",7} {"timed out",10} {"survived",9} {"unreached",10} {"share",8}");
foreach (IGrouping<string, Verdict> area in verdicts.GroupBy(static verdict => verdict.Mutant.Area)
    .OrderBy(static area => area.Key, StringComparer.Ordinal))
{
    int Count(Outcome outcome) => area.Count(verdict => verdict.Outcome == outcome);
    double share = 100.0 * (Count(Outcome.Killed) + Count(Outcome.TimedOut)) / area.Count();
    Console.WriteLine(
        $"{area.Key,-10} {area.Count(),6} {Count(Outcome.Killed),7} {Count(Outcome.TimedOut),10} "
        + $"{Count(Outcome.Survived),9} {Count(Outcome.Unreached),10} {share,6:F1} %");
}

Console.WriteLine($"{verdicts.Count} mutants after {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s");
return 0;
