using System.CommandLine;
using System.Globalization;
using Nario.Cli.Messages;
using Nario.Cli.Streams;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Export;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Pipeline;

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
            "--output", "FILE", "Write to this file, which appears once it is whole; - is the standard output.", "-o");
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
            CheckPaths(named, result.GetValue(all), result.Find(name));
            string? outputPath = result.Find(file) is { } chosen and not NarioInput.StandardStream ? chosen : null;
            if (outputPath is null && context.IsOutputTerminal)
            {
                throw new UsageException(OutputFile.TerminalRefusal);
            }

            using Progress progress = new(context.Error, context.IsErrorTerminal && !global.IsQuiet(result));
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);
            StoreSelection selection = StoreSelection.Find(result.Find(store), context.Host, log);
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
            IStore OpenStore() => selection.Open(StoreAccess.Read);
            if (outputPath is null)
            {
                using Stream output = progress.Watch(context.OpenOutput());
                Report(NarioExporter.Export(request, OpenStore, output, log, context.Cancellation), selection, log);
            }
            else
            {
                using OutputFile output = OutputFile.Create(outputPath, context.Cancellation);
                using Stream watched = progress.Watch(output.Stream);
                ExportResult exported = NarioExporter.Export(request, OpenStore, watched, log, context.Cancellation);
                output.Complete();
                Report(exported, selection, log);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Says what the user may not know of a nario that is written.</summary>
    private static void Report(ExportResult exported, StoreSelection selection, ConsoleLog log)
    {
        foreach ((string source, StorePath path) in exported.Sources)
        {
            log.WriteSummary($"exported '{source}' as '{selection.StoreDirectory.Join(path)}'");
        }

        if (exported.MissingReferenceCount > 0)
        {
            log.Write(
                MessageLevel.Warning,
                $"what is exported refers to {Quantity.Of(exported.MissingReferenceCount, "path")} that the nario does "
                    + "not hold, so it can be imported only where they are valid; -r exports them too");
        }
    }

    private static NarioVersion ParseVersion(string? text)
    {
        int[] numbers = [.. NarioVersion.All.Select(static version => version.Number)];
        string known = string.Join(" or ", numbers);
        if (text is null)
        {
            throw new UsageException($"required argument '--format' is missing: it is {known}");
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? NarioVersion.All.FirstOrDefault(version => (ulong)version.Number == number)
                ?? throw new StoreException(
                    $"unsupported nario version {number}: there are {string.Join(" and ", numbers)}")
            : throw new UsageException($"'{text}' is not a version of the format: it is {known}");
    }

    private static void CheckPaths(string[] paths, bool isAll, string? name)
    {
        if (isAll && paths.Length > 0)
        {
            throw new UsageException("'--all' does not expect arguments");
        }

        if (!isAll && paths.Length == 0)
        {
            throw new UsageException("no paths are given: name them, or export all with '--all'");
        }

        if (name is not null && paths.Length != 1)
        {
            throw new UsageException("'--name' names one file or folder, so one PATH must be given");
        }
    }
}
