using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;

namespace Nario.Mutants.Running;

/// <summary>
/// The side that runs tests, in a process of its own beside mutated assemblies. It reads commands, one a line:
/// <c>map SHARE SHARES</c> runs a share of the tests without a mutant, <c>run MUTANT TESTS</c> runs tests with one.
/// </summary>
internal static class Worker
{
    private static readonly string[] Assemblies =
        ["Nario.Store.Tests", "Nario.Codec.Tests", "Nario.Cli.Tests", "Nario.Ksy.Generator.Tests"];

    /// <summary>Classes whose tests look at other processes, which are slow and blind to mutants.</summary>
    private static readonly string[] LeftOut =
    [
        "ExecutableTests", "FailureTests", "LargeListTests", "MemoryTests", "MoveTests", "NixStoreTests", "TerminalTests",
        "SuiteTests", "GoldenTests", "IncrementalTests", "DiagnosticTests", "CompletenessTests",
    ];

    /// <summary>Serves commands until the input ends.</summary>
    /// <param name="part">Something that the names of tests must have in them.</param>
    public static void Serve(string part)
    {
        using StreamWriter answers = new(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" };
        Console.SetOut(TextWriter.Null);
        Type switches = Assembly.Load("Nario.Codec").GetType("Nario.Mutations.MutantSwitch", throwOnError: true)!;
        FieldInfo active = switches.GetField("Active")!;
        bool[] reached = (bool[])switches.GetField("Reached")!.GetValue(null)!;
        List<(TestAssembly Assembly, ITestCase Case)> tests =
            [.. Assemblies.Select(static name => new TestAssembly(name))
                .SelectMany(static assembly => assembly.Cases.Select(test => (assembly, test)))
                .Where(test => test.test.DisplayName.Contains(part, StringComparison.Ordinal) && !LeftOut.Any(
                    name => test.test.TestMethod.TestClass.Class.Name.EndsWith($".{name}", StringComparison.Ordinal)))];
        answers.WriteLine($"@ready {tests.Count}");
        while (Console.In.ReadLine() is { } command)
        {
            string[] words = command.Split(' ');
            if (words[0] == "map")
            {
                Map(int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
            }
            else
            {
                RunMutant(int.Parse(words[1], CultureInfo.InvariantCulture), words[2].Split(','));
            }
        }

        void Map(int share, int shares)
        {
            for (int index = share; index < tests.Count; index += shares)
            {
                Array.Clear(reached);
                answers.WriteLine($"@at {index}");
                long begin = Stopwatch.GetTimestamp();
                bool? passed = tests[index].Assembly.Run(tests[index].Case);
                int milliseconds = (int)Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                string ids = string.Join(',', Enumerable.Range(0, reached.Length).Where(id => reached[id]));
                string verdict = passed switch { true => "passed", false => "failed", _ => "skipped" };
                answers.WriteLine($"@test {index} {milliseconds} {verdict} {ids} {tests[index].Case.DisplayName}");
            }

            answers.WriteLine("@end");
        }

        void RunMutant(int mutant, string[] indexes)
        {
            foreach (string text in indexes)
            {
                int index = int.Parse(text, CultureInfo.InvariantCulture);
                answers.WriteLine($"@at {index}");
                Switch(mutant);
                bool failed = tests[index].Assembly.Run(tests[index].Case) == false;
                Switch(-1);
                if (failed)
                {
                    // The test must pass again without it: else something stayed broken, and it is tried afresh.
                    bool sound = tests[index].Assembly.Run(tests[index].Case) == true;
                    answers.WriteLine($"@{(sound ? "killed" : "spoilt")} {index}");
                    return;
                }
            }

            answers.WriteLine("@survived");
        }

        void Switch(int mutant)
        {
            active.SetValue(null, mutant);
            Environment.SetEnvironmentVariable(
                "NARIO_MUTANT", mutant < 0 ? null : mutant.ToString(CultureInfo.InvariantCulture));
        }
    }
}
