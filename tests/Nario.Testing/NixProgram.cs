using System.Diagnostics;
using System.Text;

namespace Nario.Testing;

/// <summary>Runs the installed Nix on a store of a test.</summary>
internal static class NixProgram
{
    private const string StoreCommand = "nix-store";

    /// <summary>Where nothing can be, not even for root.</summary>
    private const string Nowhere = "/dev/null/nowhere";

    /// <summary>Whether there are users that build for root, which Nix warns of when it misses them.</summary>
    private static readonly bool HasBuildUsers =
        File.ReadLines("/etc/group").Any(static line => line.StartsWith("nixbld:", StringComparison.Ordinal));

    private static readonly string[] Places =
        ["NIX_CONF_DIR", "NIX_STATE_DIR", "NIX_LOG_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"];

    internal static bool IsInstalled { get; } = Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(static folder => File.Exists(Path.Join(folder, StoreCommand)));

    /// <summary>Starts <c>nix-store</c> on a store below a folder.</summary>
    internal static Process StartStore(string root, params string[] arguments) =>
        Start(StoreCommand, ["--store", root, .. arguments]);

    /// <summary>
    /// Starts a program without what the machine, the user and the environment say of Nix: it finds no settings,
    /// and a store only where it is told one.
    /// </summary>
    internal static Process Start(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys
            .Where(static name => name.StartsWith("NIX_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (string name in Places)
        {
            start.Environment[name] = Nowhere;
        }

        if (!HasBuildUsers)
        {
            start.Environment["NIX_CONFIG"] = "build-users-group =";
        }

        start.Environment["HOME"] = "/nonexistent";

        // Nix wants a name, and the user of a container may have none.
        start.Environment.TryAdd("USER", "nameless");
        return Process.Start(start)!;
    }

    /// <summary>Runs <c>nix-store</c> and expects it to succeed.</summary>
    /// <returns>What it prints on standard output.</returns>
    internal static string RunStore(string root, params string[] arguments) => RunStore(root, null, arguments);

    /// <summary>Runs <c>nix-store</c> with a file as its standard input and expects it to succeed.</summary>
    /// <returns>What it prints on standard output.</returns>
    internal static string RunStore(string root, byte[]? input, params string[] arguments) =>
        Encoding.UTF8.GetString(Run(StoreCommand, ["--store", root, .. arguments], input).Output);

    /// <summary>Runs a program of Nix and expects it to succeed.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it gets through a pipe as its standard input; null: nothing.</param>
    internal static ProgramResult Run(string program, IReadOnlyList<string> arguments, byte[]? input = null)
    {
        using Process process = Start(program, arguments);
        ProgramResult result = ProgramResult.Await(process, input);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.Errors}");
        return result;
    }
}
