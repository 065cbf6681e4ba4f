using System.Diagnostics;
using System.Text.Json.Nodes;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Kaitai.Tests;

/// <summary>The official compiler with its runtime for JavaScript, run by Node.</summary>
internal static class Oracle
{
    private const string NodeCommand = "node";

    private static readonly string Scripts = Repository.PathOf("tests", "Nario.Kaitai.Tests", "oracle");

    private static readonly string Packages = Repository.PathOf("tests", "Nario.Interop.Tests", "kaitai");

    /// <summary>Why it cannot be asked; null when it can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Writes the inputs into a folder, for each format one of its own.</summary>
    public static void WriteInputs(string folder) => Run(Path.Combine(Scripts, "inputs.mjs"), folder);

    /// <summary>Gives the trees of some files.</summary>
    public static JsonArray Read(string root, string specification, IEnumerable<string> files) =>
        (JsonArray)JsonNode.Parse(Run([Path.Combine(Scripts, "dump.mjs"), Packages, root, specification, .. files]))!;

    private static string? FindObstacle()
    {
        if (SuiteFolders.Formats is null)
        {
            return $"The folder is not beside the repository; {SuiteFolders.FormatsVariable} may name another place.";
        }

        bool hasNode = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, NodeCommand)));
        return !hasNode ? "The program 'node' is not installed."
            : !Directory.Exists(Path.Combine(Packages, "node_modules"))
                ? "The oracle's packages are not installed: run 'npm ci' in tests/Nario.Interop.Tests/kaitai."
                : null;
    }

    private static string Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(NodeCommand, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("Node did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(errors.Result);
    }
}

/// <summary>A test that needs the oracle, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleTheoryAttribute : TheoryAttribute
{
    public OracleTheoryAttribute()
    {
        Skip = Oracle.Obstacle;
    }
}
