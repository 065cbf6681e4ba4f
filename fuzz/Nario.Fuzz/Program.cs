using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Specifications;
using SharpFuzz;

namespace Nario.Fuzz;

/// <summary>The program that fuzzers run, and that shows what they found.</summary>
internal static class Program
{
    private const int StandardInput = 0;

    /// <summary>The exit code where there are findings.</summary>
    private const int Found = 1;

    /// <summary>The exit code of a command line that cannot be followed.</summary>
    private const int Misused = 2;

    private const int FindingNameLength = 16;

    private const string Usage = """
        usage: Nario.Fuzz list                     the harnesses
               Nario.Fuzz afl NAME [--isolated]    run below afl-fuzz; --isolated survives crashes and hangs, slower
               Nario.Fuzz libfuzzer NAME           run below libfuzzer-dotnet
               Nario.Fuzz replay NAME FILE…        try files, or all files in folders, and tell what becomes of each
               Nario.Fuzz collect NAME FOLDER FILE…  try them, and copy those that are findings to a folder
               Nario.Fuzz seeds NAME FOLDER        write inputs to begin with
               Nario.Fuzz dictionary               write the tokens of the specifications
        """;

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["list"]:
                foreach (IHarness harness in HarnessCatalogue.All)
                {
                    Console.WriteLine($"{harness.Name,-16} {harness.Description}");
                }

                return 0;
            case ["afl", string name] when HarnessCatalogue.Find(name) is { } harness:
                RunAfl(harness, isIsolated: false);
                return 0;
            case ["afl", string name, "--isolated"] when HarnessCatalogue.Find(name) is { } harness:
                RunAfl(harness, isIsolated: true);
                return 0;
            case ["libfuzzer", string name] when HarnessCatalogue.Find(name) is { } harness:
                using (HarnessRunner runner = new(harness))
                {
                    Fuzzer.LibFuzzer.Run(input => runner.Run(input));
                }

                return 0;
            case ["replay", string name, .. { Length: > 0 } files] when HarnessCatalogue.Find(name) is { } harness:
                return Replay(harness, files, null);
            case ["collect", string name, string folder, .. { Length: > 0 } files] when HarnessCatalogue.Find(name) is { } harness:
                return Replay(harness, files, folder);
            case ["seeds", string name, string folder] when HarnessCatalogue.Find(name) is { } harness:
                WriteSeeds(harness, folder);
                return 0;
            case ["dictionary"]:
                TokenDictionary.Write(Console.Out);
                return 0;
            case ["afl" or "libfuzzer" or "replay" or "collect" or "seeds", string unknown, ..]
                when HarnessCatalogue.Find(unknown) is null:
                Console.Error.WriteLine($"error: there is no harness '{unknown}'");
                return Misused;
            default:
                Console.Error.WriteLine(Usage);
                return Misused;
        }
    }

    private static void RunAfl(IHarness harness, bool isIsolated)
    {
        using HarnessRunner runner = new(harness);
        void Run(Stream stream)
        {
            using MemoryStream input = new();
            stream.CopyTo(input);
            runner.Run(input.GetBuffer().AsSpan(0, (int)input.Length));
        }

        if (isIsolated)
        {
            Fuzzer.OutOfProcess.Run(Run);
        }
        else
        {
            Fuzzer.Run(stream =>
            {
                using Stream input = FromBeginning(stream);
                Run(input);
            });
        }
    }

    /// <summary>Reads standard input as it stands now. What SharpFuzz gives to the first run was read before AFL++ said
    /// that the input is there, and is empty when this process was faster.</summary>
    private static Stream FromBeginning(Stream standardInput)
    {
        FileStream file = new(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        if (!file.CanSeek)
        {
            return standardInput;
        }

        file.Position = 0;
        return file;
    }

    /// <summary>Tries files.</summary>
    /// <param name="harness">The harness that tries them.</param>
    /// <param name="paths">The files, and folders of files.</param>
    /// <param name="findings">Where findings are copied to, which then are all that is told of; null: nowhere.</param>
    private static int Replay(IHarness harness, string[] paths, string? findings)
    {
        if (Array.Find(paths, static path => !Path.Exists(path)) is { } missing)
        {
            Console.Error.WriteLine($"error: there is no file or folder '{missing}'");
            return Misused;
        }

        using HarnessRunner runner = new(harness);
        int count = 0;
        int found = 0;
        foreach (string file in paths.SelectMany(ListFiles))
        {
            count++;
            byte[] input = File.ReadAllBytes(file);
            try
            {
                IReadOnlyList<string> refusals = runner.Run(input);
                if (findings is null)
                {
                    Console.WriteLine($"{file}: {(refusals.Count == 0 ? "accepted" : $"refused: {string.Join("; ", refusals)}")}");
                }
            }
#pragma warning disable CA1031 // Whatever escapes a harness is a finding; the files after it are tried all the same.
            catch (Exception error)
#pragma warning restore CA1031
            {
                found++;
                Console.WriteLine($"{file}: finding: {error}");
                if (findings is not null)
                {
                    Directory.CreateDirectory(findings);
                    string name = Convert.ToHexStringLower(SHA256.HashData(input))[..FindingNameLength];
                    File.WriteAllBytes(Path.Join(findings, name), input);
                }
            }
        }

        Console.WriteLine($"{harness.Name}: {count} inputs, {found} findings");
        return found == 0 ? 0 : Found;
    }

    private static IEnumerable<string> ListFiles(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];

    private static void WriteSeeds(IHarness harness, string folder)
    {
        Directory.CreateDirectory(folder);
        int index = 0;
        foreach (byte[] seed in harness.GetSeeds(new Samples()))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"seed-{index++:d4}");
            File.WriteAllBytes(Path.Join(folder, name), seed);
        }

        Console.WriteLine($"{harness.Name}: {index} seeds");
    }
}
