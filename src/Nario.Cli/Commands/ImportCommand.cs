using System.CommandLine;
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
            StoreSelection selection = StoreSelection.Find(result.Find(store), context.Host);
            using Progress progress = new(context.Error, context.IsErrorTerminal && !global.IsQuiet(result));
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);
            NarioOptions format = new() { StoreDirectory = selection.StoreDirectory.Path };
            using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);

            // First, so that what is no nario makes no store.
            using NarioInput input = NarioInput.Open(result.GetValue(file), context, progress, format, reading.Token);
            ImportOptions options = new()
            {
                CheckSignatures = !result.GetValue(noCheck) && selection.RequiresSignatures,
                Repair = result.GetValue(repair),
                TrustedKeys = selection.LoadTrustedKeys(result.Find(keys)),
            };
            using IStore target = selection.Open(StoreAccess.ReadAndWrite);
            List<StorePath>? paths = result.GetValue(printPaths) ? [] : null;
            new NarioImporter(target, options, log) { StopReading = reading.Cancel }.Import(
                input.Reader, paths is null ? null : paths.Add, context.Cancellation);
            input.WarnOfRest(log);
            if (paths is not null)
            {
                Print(paths.Select(selection.StoreDirectory.Join), context);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(IEnumerable<string> paths, ProgramContext context)
    {
        using Stream output = context.OpenOutput();
        foreach (string path in paths)
        {
            output.Write(Encoding.UTF8.GetBytes(path + "\n"));
        }
    }
}
