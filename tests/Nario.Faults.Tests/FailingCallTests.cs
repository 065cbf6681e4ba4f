using System.Globalization;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Lets single calls of the operating system fail, the ones that a disk seldom refuses too.</summary>
public sealed class FailingCallTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultRounds = 4;

    private const int LastCall = 40;

    private const int LastCallOfLocks = 12;

    private static readonly string[] Calls =
    [
        "write", "pwrite64", "mkdirat", "symlinkat", "renameat2", "fchmod", "utimensat", "unlinkat", "flock", "fsync",
        "fdatasync", "ftruncate", "fallocate", "statx",
    ];

    private static readonly string[] Errors = ["EIO", "ENOSPC", "EDQUOT", "EINTR", "EACCES"];

    /// <summary>The calls that a signal can interrupt, where the runtime does not need them to start.</summary>
    private static readonly string[] InterruptedCalls =
        ["write", "flock", "poll", "connect", "pwrite64", "fchmod", "ftruncate"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TracerFact(Needs.Nix)]
    [Trait("Checklist", "R06")]
    public void R06_completes_an_import_of_which_one_call_failed() =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            string call = Calls[random.Next(Calls.Length)];
            string error = Errors[random.Next(Errors.Length)];
            string when = random.Next(1, LastCall).ToString(CultureInfo.InvariantCulture);
            int version = random.Next(1, 3);
            InputKind kind = random.Next(2) == 0 ? InputKind.File : InputKind.Pipe;
            using FaultStore store = new();

            ProgramResult result = store.ImportUnder(Inject(call, error, when), version, kind);

            tally.Count(CountInjected() == 0 ? "no call failed" : result.ExitCode == 0 ? "went on" : "ended");
            if (result.ExitCode != 0)
            {
                ProcessEnd.AssertFailure(result);
            }
            else
            {
                Assert.Equal("", result.Errors);
                Assert.Equal(FaultClosure.Paths.Count, store.ListRegistered().Count);
                store.AssertNothingLeft();
            }

            store.AssertRecovers(version, kind);
        });

    /// <summary>Each of the calls that take, check and delete locks and folders fails once, one run after the other.</summary>
    [TracerTheory(Needs.Nix)]
    [InlineData("flock", "EIO")]
    [InlineData("statx", "EIO")]
    [InlineData("unlinkat", "EIO")]
    public void Leaves_neither_a_lock_nor_a_folder_when_it_succeeds(string call, string error)
    {
        for (int number = 1; number <= LastCallOfLocks; number++)
        {
            using FaultStore store = new();
            string when = number.ToString(CultureInfo.InvariantCulture);

            ProgramResult result = store.ImportUnder(Inject(call, error, when), 2, InputKind.Pipe);

            if (result.ExitCode == 0)
            {
                Assert.Equal(
                    (number, string.Join(' ', store.ListRegistered().Select(static path => Path.GetFileName(path)))),
                    (number, string.Join(' ', store.ListObjects())));
            }
        }
    }

    [TracerFact(Needs.Nix)]
    public void Goes_on_when_signals_interrupt_its_calls()
    {
        foreach (string call in InterruptedCalls)
        {
            using FaultStore store = new();

            ProgramResult result = store.ImportUnder(Inject(call, "EINTR", "1+2"), 2, InputKind.Pipe);

            Assert.Equal((call, 0, ""), (call, result.ExitCode, result.Errors));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{call}: {CountInjected()} interrupted"));
            store.AssertComplete();
        }
    }

    [TracerFact(Needs.Nix)]
    [Trait("Checklist", "R06")]
    public void R06_keeps_the_old_file_when_the_disk_fails_in_the_end()
    {
        using FaultStore store = new();
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        string file = _folder.Join("file");
        File.WriteAllText(file, "what was there");
        foreach (string call in (string[])["fsync", "linkat", "rename"])
        {
            ProgramResult result = store.Run(
            [
                .. Inject(call, "EIO", "1+"), .. NarioProgram.CommandLine, "export", "--format", "2", "--store",
                store.Root, "--all", "-o", file,
            ]);

            ProcessEnd.AssertFailure(result, "[^\n]*Input/output error[^\n]*");
            Assert.Equal("what was there", File.ReadAllText(file));
            Assert.Equal(["file", "log"], _folder.List());
        }
    }

    private string[] Inject(string call, string error, string when) =>
        Tracer.Inject(call, error, when, _folder.Join("log"));

    private int CountInjected() => Tracer.CountInjected(_folder.Join("log"));
}
