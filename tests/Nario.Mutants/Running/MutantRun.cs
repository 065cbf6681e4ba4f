using System.Collections.Concurrent;
using System.Globalization;
using Nario.Mutants.Mutation;

namespace Nario.Mutants.Running;

/// <summary>Tries mutants, several at a time, each with the tests that reach it.</summary>
/// <param name="program">The folder with the program, the tests and the mutated assemblies.</param>
/// <param name="scratch">A folder for what tests write.</param>
/// <param name="workers">How many processes run tests.</param>
/// <param name="budget">How long the tests of one mutant may take together, by what they take without it.</param>
/// <param name="part">Something that the names of tests must have in them.</param>
internal sealed class MutantRun(string program, string scratch, int workers, TimeSpan budget, string part)
{
    private const int SlownessFactor = 20;
    private const int MostRecentKillers = 24;

    private static readonly TimeSpan LeastLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MapLimit = TimeSpan.FromMinutes(3);

    private List<MappedTest> _tests = [];

    private int _started;

    /// <summary>Runs all tests without a mutant, to learn which ones reach which mutants.</summary>
    public void Map()
    {
        ConcurrentBag<MappedTest> passed = [];
        InParallel((worker, share) =>
        {
            worker.Send(string.Create(CultureInfo.InvariantCulture, $"map {share} {workers}"));
            while (worker.TryReceive(MapLimit, out string[]? answer) && answer is not (null or ["end"]))
            {
                if (answer[0] == "test" && answer[3] == "passed")
                {
                    string[] rest = answer[4].Split(' ', 2);
                    HashSet<int> reached =
                        [.. rest[0].Split(',', StringSplitOptions.RemoveEmptyEntries)
                            .Select(static id => int.Parse(id, CultureInfo.InvariantCulture))];
                    passed.Add(new MappedTest(ToNumber(answer[1]), rest[1], ToNumber(answer[2]), reached));
                }
                else if (answer[0] == "test")
                {
                    Console.WriteLine($"not used: {answer[3]} {answer[4].Split(' ', 2)[1]}");
                }
            }
        });
        _tests = [.. passed.OrderBy(static test => test.Milliseconds).ThenBy(static test => test.Index)];
        Console.WriteLine(
            $"{_tests.Count} tests, {_tests.Sum(static test => (long)test.Milliseconds) / 1000} s one after another");
    }

    /// <summary>Tries mutants.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="report">Takes verdicts as they come, from several threads.</param>
    public void Try(IEnumerable<Mutant> mutants, Action<Verdict> report)
    {
        ConcurrentQueue<Mutant> queue = new(mutants);
        ConcurrentDictionary<string, List<MappedTest>> killers = [];
        Dictionary<int, MappedTest> byIndex = _tests.ToDictionary(static test => test.Index);
        List<Thread> threads =
            [.. Enumerable.Range(0, workers).Select(share => new Thread(() => Work(share)))];
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        void Work(int share)
        {
            WorkerProcess? worker = null;
            while (queue.TryDequeue(out Mutant? mutant))
            {
                List<MappedTest> recent = killers.GetOrAdd(mutant.File, static _ => []);
                List<MappedTest> tests;
                lock (recent)
                {
                    tests = Choose(mutant, recent);
                }

                Verdict verdict = tests.Count == 0
                    ? new Verdict(mutant, Outcome.Unreached, "")
                    : TryOne(ref worker, share, mutant, tests, byIndex, mayRepeat: true);
                if (verdict.Outcome == Outcome.Killed && tests.Find(test => test.Name == verdict.Test) is { } killer)
                {
                    lock (recent)
                    {
                        recent.Remove(killer);
                        recent.Insert(0, killer);
                        recent.RemoveRange(Math.Min(recent.Count, MostRecentKillers), Math.Max(0, recent.Count - MostRecentKillers));
                    }
                }

                report(verdict);
            }

            worker?.Dispose();
        }
    }

    private static int ToNumber(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private List<MappedTest> Choose(Mutant mutant, List<MappedTest> recent)
    {
        List<MappedTest> chosen = [];
        double left = budget.TotalMilliseconds;
        foreach (MappedTest test in recent.Concat(_tests.Except(recent)).Where(test => test.Reached.Contains(mutant.Id)))
        {
            left -= test.Milliseconds;
            if (left < 0 && chosen.Count > 0)
            {
                break;
            }

            chosen.Add(test);
        }

        return chosen;
    }

    private Verdict TryOne(
        ref WorkerProcess? worker, int share, Mutant mutant, List<MappedTest> tests, Dictionary<int, MappedTest> byIndex, bool mayRepeat)
    {
        worker ??= Start(share);
        worker.Send(string.Create(
            CultureInfo.InvariantCulture,
            $"run {mutant.Id} {string.Join(',', tests.Select(static test => test.Index.ToString(CultureInfo.InvariantCulture)))}"));
        TimeSpan limit = LeastLimit;
        string at = "";
        while (worker.TryReceive(limit, out string[]? answer))
        {
            switch (answer)
            {
                case ["at", string index]:
                    MappedTest test = byIndex[ToNumber(index)];
                    at = test.Name;
                    TimeSpan usual = TimeSpan.FromMilliseconds(test.Milliseconds) * SlownessFactor;
                    limit = usual > LeastLimit ? usual : LeastLimit;
                    break;
                case ["killed", _]:
                    return new Verdict(mutant, Outcome.Killed, at);
                case ["survived"]:
                    return new Verdict(mutant, Outcome.Survived, "");
                case ["spoilt", string index] when mayRepeat:
                    worker.Dispose();
                    worker = null;
                    return TryOne(ref worker, share, mutant, [byIndex[ToNumber(index)], .. tests], byIndex, mayRepeat: false);
                case ["spoilt", _]:
                    // In a fresh process it failed at once: that was the mutant.
                    worker.Dispose();
                    worker = null;
                    return new Verdict(mutant, Outcome.Killed, at);
                default:
                    worker.Dispose();
                    worker = null;
                    return new Verdict(mutant, Outcome.Killed, $"{at} (the process ended)");
            }
        }

        worker.Dispose();
        worker = null;
        if (mayRepeat && tests.Find(test => test.Name == at) is { } slow)
        {
            // The machine may have been busy with something else.
            return TryOne(ref worker, share, mutant, [slow, .. tests], byIndex, mayRepeat: false);
        }

        return new Verdict(mutant, Outcome.TimedOut, at);
    }

    private WorkerProcess Start(int share)
    {
        // What a process before left, others may still be writing to.
        string folder = Path.Join(scratch, string.Create(CultureInfo.InvariantCulture, $"{share}-{Interlocked.Increment(ref _started)}"));
        WorkerProcess worker = new(program, folder, part);
        worker.AwaitReady();
        return worker;
    }

    private void InParallel(Action<WorkerProcess, int> action)
    {
        List<Thread> threads = [.. Enumerable.Range(0, workers).Select(share => new Thread(() =>
        {
            using WorkerProcess worker = Start(share);
            action(worker, share);
        }))];
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }
}
