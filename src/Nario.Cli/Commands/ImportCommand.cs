using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nario.Cli.Messages;
using Nario.Cli.Streams;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Import;
using Nario.Store.Local;
using Nario.Store.Paths;

namespace Nario.Cli.Commands;

/// <summary>The command <c>import</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ProgramContext context, GlobalOptions global)
    {
        Argument<string?> file = new("FILE")
        {
            Description = "The nario; without it, or with '-', the standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> store = StoreSelection.CreateOption();
        Option<bool> noCheck = Flag.Create(
            "--no-check-sigs", "Import also what no trusted key has signed.");
        Option<string[]> keys = Flag.CreateWithValue(
            "--trusted-public-keys", "KEYS", "The keys that count, in place of those in nix.conf.");
        Option<bool> repair = Flag.Create(
            "--repair", "Restore valid paths that are gone or changed.");
        Option<bool> printPaths = Flag.Create("--print-paths", "Write the paths once all are imported.");
        Command command = new CommandWithExamples("import", "Add the paths of a nario to a store.")
        {
            Examples =
            [
                "nario import < result.nario",
                "nario import --store ./root --no-check-sigs result.nario",
                "nario import --trusted-public-keys 'key-1:sG0rVYJke6K5oqC3E9c6pSmhpRE30Jtb4gf1NIVqtu8=' result.nario",
            ],
        };
        command.Add(file);
        command.Add(store);
        command.Add(noCheck);
        command.Add(keys);
        command.Add(repair);
        command.Add(printPaths);
        command.SetAction(result =>
        {
            using Progress progress = new(context.Error, context.IsErrorTerminal && !global.IsQuiet(result));
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);
            StoreSelection selection = StoreSelection.Find(result.Find(store), context.Host, log);
            long begin = Stopwatch.GetTimestamp();
            NarioOptions format = new() { StoreDirectory = selection.StoreDirectory.Path };
            using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);

            // First, so that what is no nario makes no store.
            using NarioInput input = NarioInput.Open(result.GetValue(file), context, progress, format, reading.Token);
            ImportOptions options = new()
            {
                CheckSignatures = !result.GetValue(noCheck) && selection.RequiresSignatures,
                TrustedKeys = selection.GetTrustedKeys(result.Find(keys)),
                Repair = result.GetValue(repair),
            };
            using IStore target = selection.Open(StoreAccess.ReadAndWrite);
            List<StorePath>? paths = result.GetValue(printPaths) ? [] : null;
            NarioImporter importer = new(target, options, log) { Reading = reading };
            importer.Import(input.Reader, paths is null ? null : paths.Add, context.Cancellation);
            input.Warn(NarioInput.UsualName, importer.PathCount, log);
            log.WriteSummary(Summarize(importer, input.Reader.Offset, Stopwatch.GetElapsedTime(begin)));
            if (paths is not null)
            {
                Print(paths.Select(selection.StoreDirectory.Join), context);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string Summarize(NarioImporter importer, long length, TimeSpan time)
    {
        int present = importer.PresentCount;
        string known =
            present == 0 ? string.Empty :
            string.Create(CultureInfo.InvariantCulture, $"{present} {(present == 1 ? "was" : "were")} valid already, ");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"imported {Quantity.Of(importer.PathCount - present, "path")}, {known}{Quantity.OfBytes(length)} in "
            + $"{time.TotalSeconds:F1} s");
    }

    private static void Print(IEnumerable<string> paths, ProgramContext context)
    {
        using Stream output = context.OpenOutput();
        foreach (string path in paths)
        {
            string line = context.IsOutputTerminal ? EscapedText.FromText(path) : path;
            output.Write(Encoding.UTF8.GetBytes($"{line}\n"));
        }
    }
}
