using System.Diagnostics;
using System.Globalization;

namespace Nario.Faults.Tests.Support;

/// <summary>Sends signals.</summary>
internal static class Signal
{
    /// <summary>Sends one to a program that may have ended.</summary>
    /// <param name="process">The program.</param>
    /// <param name="name">The signal without <c>SIG</c>.</param>
    internal static void Send(Process process, string name) => SendAll(process, [name]);

    /// <summary>Sends several, one after the other.</summary>
    internal static void SendAll(Process process, IEnumerable<string> names)
    {
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        string line = string.Join("; ", names.Select(static name => $"kill -{name} \"$0\""));
        using Process kill = Process.Start(
            new ProcessStartInfo("sh", ["-c", line, id]) { RedirectStandardError = true })!;
        kill.StandardError.ReadToEnd();
        kill.WaitForExit();
    }
}
