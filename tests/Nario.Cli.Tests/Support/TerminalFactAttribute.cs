using System.Diagnostics;

namespace Nario.Cli.Tests.Support;

/// <summary>A test that needs a terminal of its own; it is skipped, and says so, where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalFactAttribute : FactAttribute
{
    private static readonly bool HasScript = FindScript();

    public TerminalFactAttribute()
    {
        if (!HasScript)
        {
            Skip = "script(1) of util-linux is not installed";
        }
    }

    private static bool FindScript()
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", "script --version"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string version = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return version.Contains("util-linux", StringComparison.Ordinal);
    }
}
