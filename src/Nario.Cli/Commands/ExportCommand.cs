using System.CommandLine;
using Nario.Cli.Messages;
using Nario.Cli.Streams;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Export;
using Nario.Store.Local;

namespace Nario.Cli.Commands;

/// <summary>The command <c>export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ProgramContext context, GlobalOptions global)
    {
        Argument<string[]> paths = new("PATH")
        {
            Description = "A store path, something inside one, a link to one; or a source: any other file or folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> format = Flag.CreateWithValue("--format", "VERSION", "The version of the format: 1 or 2.");
        Option<bool> recursive = Flag.Create("--recursive", "Export all that the paths refer to as well.", "-r");
        Option<bool> all = Flag.Create("--all", "Export all paths of the store.");
        Option<string[]> store = StoreSelection.CreateOption();
        Option<string[]> file = Flag.CreateWithValue(
            "--output", "FILE", "Write to this file, which appears once it is whole.", "-o");
        Option<string[]> name = Flag.CreateWithValue(
            "--name", "NAME", "The name of a source, in place of its file name.");
        Command command = new CommandWithExamples("export", "Write store paths as a nario.")
        {
            Examples =
            [
                "nario export --format 2 -r ./result > result.nario",
                "nario export --format 1 --store ./root --all -o all.nario",
                "nario export --format 2 --name source ./src | ssh host nario import",
            ],
        };
        command.Add(paths);
        command.Add(format);
        command.Add(recursive);
        command.Add(all);
        command.Add(store);
        command.Add(file);
        command.Add(name);
        command.SetAction(result =>
        {
            string[] named = result.GetValue(paths) ?? [];
            NarioVersion version = ParseVersion(result.Find(format));
            CheckPaths(named, result.GetValue(all));
            string? outputPath = result.Find(file);
            if (outputPath is null && context.IsOutputTerminal)
            {
                throw new UsageException(OutputFile.TerminalRefusal);
            }

            StoreSelection selection = StoreSelection.Find(result.Find(store), context.Host);
            ExportRequest request = new()
            {
                Paths = named,
                Version = version,
                Recursive = result.GetValue(recursive),
                All = result.GetValue(all),
                Name = result.Find(name),
                StripsCaseHack = selection.UsesCaseHack,
                StoreDirectory = selection.StoreDirectory,
                RealStoreDirectory = selection.RealStoreDirectory,
            };
            using Progress progress = new(context.Error, context.IsErrorTerminal && !global.IsQuiet(result));
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);
            IStore OpenStore() => selection.Open(StoreAccess.Read);
            if (outputPath is null)
            {
                using Stream output = progress.Watch(context.OpenOutput());
                NarioExporter.Export(request, OpenStore, output, log, context.Cancellation);
            }
            else
            {
                using OutputFile output = OutputFile.Create(outputPath, context.Cancellation);
                using Stream watched = progress.Watch(output.Stream);
                NarioExporter.Export(request, OpenStore, watched, log, context.Cancellation);
                output.Complete();
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static NarioVersion ParseVersion(string? text)
    {
        long number = UnitNumber.Parse(
            text ?? throw new UsageException("required argument '--format' is missing"));
        return (number is >= 0 and <= int.MaxValue ? NarioVersion.Find((int)number) : null)
            ?? throw new StoreException($"unsupported nario version {number}");
    }

    private static void CheckPaths(string[] paths, bool isAll)
    {
        if (isAll && paths.Length > 0)
        {
            throw new UsageException("'--all' does not expect arguments");
        }

        if (!isAll && paths.Length == 0)
        {
            throw new UsageException("no paths are given: name them, or export all with '--all'");
        }
    }
}
