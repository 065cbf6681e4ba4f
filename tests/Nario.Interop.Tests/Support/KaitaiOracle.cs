using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>Reads narios with what the official Kaitai Struct compiler makes of the specifications.</summary>
internal static class KaitaiOracle
{
    private const string NodeCommand = "node";

    private static readonly string Folder =
        Path.Combine(TestFiles.Repository, "tests", "Nario.Interop.Tests", "kaitai");

    private static readonly JsonSerializerOptions JsonOptions =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Gets why the oracle cannot be asked, or null when it can.</summary>
    internal static string? MissingReason { get; } =
        !IsNodeInstalled() ? "node is not installed"
        : !Directory.Exists(Path.Join(Folder, "node_modules"))
            ? "the packages of the Kaitai oracle are not installed: run 'npm ci' in tests/Nario.Interop.Tests/kaitai"
        : null;

    /// <summary>Compiles the specifications and reads narios.</summary>
    internal static KaitaiReport Ask(IEnumerable<string> files)
    {
        ProcessStartInfo start = new(
            NodeCommand, [Path.Join(Folder, "oracle.mjs"), Path.Join(TestFiles.Repository, "spec"), .. files])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        ProgramResult result = ProgramResult.Await(process, null);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonSerializer.Deserialize<KaitaiReport>(Encoding.UTF8.GetString(result.Output), JsonOptions)!;
    }

    private static bool IsNodeInstalled() => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(static folder => File.Exists(Path.Join(folder, NodeCommand)));
}
