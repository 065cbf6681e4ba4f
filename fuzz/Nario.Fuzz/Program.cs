using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Specifications;
using SharpFuzz;

namespace Nario.Fuzz;

/// <summary>The program that fuzzers run, and that shows what they found.</summary>
internal static class Program
{
    private const int StandardInput = 0;

    private const string Usage = """
        usage: Nario.Fuzz list                     the harnesses
               Nario.Fuzz afl NAME [--isolated]    run below afl-fuzz; --isolated survives crashes and hangs, slower
               Nario.Fuzz libfuzzer NAME           run below libfuzzer-dotnet
               Nario.Fuzz replay NAME FILE…        try files, or all files in folders
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
                    Fuzzer.LibFuzzer.Run(runner.Run);
                }

                return 0;
            case ["replay", string name, .. string[] files] when HarnessCatalogue.Find(name) is { } harness:
                return Replay(harness, files);
            case ["seeds", string name, string folder] when HarnessCatalogue.Find(name) is { } harness:
                WriteSeeds(harness, folder);
                return 0;
            case ["dictionary"]:
                TokenDictionary.Write(Console.Out);
                return 0;
            case ["afl" or "libfuzzer" or "replay" or "seeds", string unknown, ..] when HarnessCatalogue.Find(unknown) is null:
                Console.Error.WriteLine($"error: there is no harness '{unknown}'");
                return 1;
            default:
                Console.Error.WriteLine(Usage);
                return 1;
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

    private static int Replay(IHarness harness, string[] paths)
    {
        using HarnessRunner runner = new(harness);
        int findings = 0;
        int count = 0;
        foreach (string file in paths.SelectMany(ListFiles))
        {
            count++;
            try
            {
                runner.Run(File.ReadAllBytes(file));
            }
#pragma warning disable CA1031 // Whatever escapes a harness is a finding; the files after it are tried all the same.
            catch (Exception error)
#pragma warning restore CA1031
            {
                findings++;
                Console.WriteLine($"{file}: {error}");
            }
        }

        Console.WriteLine($"{harness.Name}: {count} inputs, {findings} findings");
        return findings == 0 ? 0 : 1;
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
