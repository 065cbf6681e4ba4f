using System.Diagnostics;

namespace Nario.Store.Tests.Local;

/// <summary>Runs the installed Nix on a store of a test.</summary>
internal static class NixProgram
{
    private const string StoreCommand = "nix-store";

    internal static bool IsInstalled { get; } = Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(static folder => File.Exists(Path.Join(folder, StoreCommand)));

    /// <summary>Starts <c>nix-store</c> without what the environment says of Nix.</summary>
    internal static Process StartStore(string root, params string[] arguments)
    {
        ProcessStartInfo start = new(StoreCommand, ["--store", root, .. arguments])
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

        return Process.Start(start)!;
    }

    /// <summary>Runs <c>nix-store</c> and expects it to succeed.</summary>
    /// <returns>What it prints on standard output.</returns>
    internal static string RunStore(string root, params string[] arguments) => RunStore(root, null, arguments);

    /// <summary>Runs <c>nix-store</c> with a file as its standard input and expects it to succeed.</summary>
    /// <returns>What it prints on standard output.</returns>
    internal static string RunStore(string root, byte[]? input, params string[] arguments)
    {
        using Process process = StartStore(root, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using (Stream standardInput = process.StandardInput.BaseStream)
        {
            standardInput.Write(input);
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"nix-store {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
        return output.GetAwaiter().GetResult();
    }
}
