using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Nario.Mutants.Running;

/// <summary>A process that runs tests, as its master sees it.</summary>
/// <remarks>
/// A mutant of the code that removes trees could remove anything. So the process sees all of the machine's files as
/// read-only except for a folder of its own, where the user may arrange that.
/// </remarks>
internal sealed class WorkerProcess : IDisposable
{
    private const string Confined =
        "mount --make-rprivate / && mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind / && exec \"$@\"";

    /// <summary>As for the usual temporary folder: some tests run as another user.</summary>
    private const UnixFileMode AnyoneMayWrite = UnixFileMode.StickyBit
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const string Free = "exec \"$@\"";

    private readonly Process _process;
    private readonly BlockingCollection<string?> _lines = [];

    /// <summary>Starts a process.</summary>
    /// <param name="program">The folder with the program, the tests and the mutated assemblies.</param>
    /// <param name="scratch">A folder that it may write to.</param>
    /// <param name="part">Something that the names of tests must have in them.</param>
    public WorkerProcess(string program, string scratch, string part)
    {
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(scratch, AnyoneMayWrite);
        bool canConfine = Environment.IsPrivilegedProcess;
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
        ProcessStartInfo start = new(
            canConfine ? "unshare" : "sh",
            [
                .. canConfine ? (string[])["--mount", "sh"] : [], "-c", canConfine ? Confined : Free, scratch,
                dotnet, Path.Join(program, "Nario.Mutants.dll"), "--worker", part,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = scratch;
        start.Environment["HOME"] = scratch;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Add(line.Data);
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Sends a command.</summary>
    public void Send(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Takes the next answer.</summary>
    /// <param name="limit">How long to wait for it.</param>
    /// <param name="answer">The answer; null when the process has ended.</param>
    /// <returns>Whether something came in time.</returns>
    public bool TryReceive(TimeSpan limit, out string[]? answer)
    {
        long begin = Stopwatch.GetTimestamp();
        while (_lines.TryTake(out string? line, limit))
        {
            if (line is null || line.StartsWith('@'))
            {
                answer = line?[1..].Split(' ', 5);
                return true;
            }

            limit -= Stopwatch.GetElapsedTime(begin);
        }

        answer = null;
        return false;
    }

    /// <summary>Receives the number of tests that the process has found.</summary>
    public int AwaitReady() =>
        TryReceive(TimeSpan.FromMinutes(2), out string[]? answer) && answer is ["ready", string count]
            ? int.Parse(count, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("a process that is to run tests does not start");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
        _lines.Dispose();
    }
}
