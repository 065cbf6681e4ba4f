using System.Diagnostics;
using System.Globalization;

namespace Nario.Faults.Tests.Support;

/// <summary>Lets calls of the operating system fail or wait, with <c>strace</c>.</summary>
internal static class Tracer
{
    private const string Command = "strace";

    /// <summary>What tests say that need a tracer where there is none.</summary>
    internal const string MissingReason = "strace is not installed, or may not trace";

    /// <summary>Gets whether programs can be traced here.</summary>
    internal static bool IsSupported { get; } = TryTrace();

    /// <summary>Gets the words that start a program of which some calls fail without being made.</summary>
    /// <param name="call">The call.</param>
    /// <param name="error">How it fails.</param>
    /// <param name="when">Which of its calls do, in the words of <c>strace</c>.</param>
    /// <param name="log">Where the failing calls are told of.</param>
    internal static string[] Inject(string call, string error, string when, string log) =>
        Trace(call, $"error={error}:when={when}", log);

    /// <summary>Gets the words that start a program for which some calls of the kernel are not there.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="error">What they answer: <c>ENOSYS</c>, or <c>EPERM</c> as old sandboxes do.</param>
    /// <param name="log">Where the failing calls are told of.</param>
    internal static string[] Refuse(IEnumerable<string> calls, string error, string log) =>
        Trace(string.Join(',', calls), $"error={error}", log);

    /// <summary>Gets the words that start a program of which some calls are made later.</summary>
    /// <param name="call">The call.</param>
    /// <param name="milliseconds">How much later.</param>
    /// <param name="log">Where the calls are told of.</param>
    internal static string[] Delay(string call, int milliseconds, string log) =>
        Trace(call, string.Create(CultureInfo.InvariantCulture, $"delay_enter={milliseconds}ms"), log);

    /// <summary>Counts the calls that failed.</summary>
    internal static int CountInjected(string log) =>
        File.ReadLines(log).Count(static line => line.Contains("(INJECTED)", StringComparison.Ordinal));

    private static string[] Trace(string call, string change, string log) =>
    [
        Command, "-f", "--seccomp-bpf", "-qq", "-o", log, "-e", "signal=none", "-e", $"trace={call}", "-e",
        $"inject={call}:{change}",
    ];

    private static bool TryTrace()
    {
        try
        {
            using TemporaryFolder folder = new();
            string[] words = [.. Inject("getppid", "EIO", "1", folder.Join("log")), "true"];
            using Process process = NixProgram.Start(words[0], words[1..]);
            return ProcessEnd.Await(process).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
