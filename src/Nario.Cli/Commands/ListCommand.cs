using System.CommandLine;
using System.Text;
using Nario.Cli.Messages;
using Nario.Cli.Streams;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Listing;
using Nario.Store.Pipeline;

namespace Nario.Cli.Commands;

/// <summary>The command <c>list</c>.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ProgramContext context, GlobalOptions global)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Narios; without one, or with '-', the standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> json = Flag.Create("--json", "Write JSON.");
        Option<bool> pretty = Flag.Create("--pretty", "With --json: indent, as is done on a terminal.");
        Option<bool> plain = Flag.Create("--no-pretty", "With --json: write one line, as is done elsewhere.");
        Option<bool> detailed = Flag.Create(
            "--long", "With -R: show permissions, sizes and link targets too.", "-l");
        Option<bool> recursive = Flag.Create("--recursive", "Show the files in each path.", "-R");
        Option<string[]> store = StoreSelection.CreateOption();
        Command command = new CommandWithExamples("list", "Show what a nario holds, without importing it.")
        {
            Examples =
            [
                "nario list < result.nario",
                "nario list -lR result.nario",
                "zstd -dc result.nario.zst | nario list --json",
            ],
        };
        command.Add(files);
        command.Add(json);
        command.Add(pretty);
        command.Add(plain);
        command.Add(detailed);
        command.Add(recursive);
        command.Add(store);
        command.SetAction(result =>
        {
            ListOptions options = new()
            {
                Json = result.GetValue(json),
                Recursive = result.GetValue(recursive),
                Detailed = result.GetValue(detailed),
                Indented = result.GetValue(pretty) || (context.IsOutputTerminal && !result.GetValue(plain)),
                ForTerminal = context.IsOutputTerminal,
            };
            CheckOptions(options, result.GetValue(pretty), result.GetValue(plain));
            bool showsProgress = context.IsErrorTerminal && !context.IsOutputTerminal && !global.IsQuiet(result);
            using Progress progress = new(context.Error, showsProgress);
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);

            // A nario of full paths says itself in which directory they are, unless the user says so.
            Lazy<StoreSelection> selection = new(() => StoreSelection.Find(result.Find(store), context.Host, log));
            NarioOptions format = result.Find(store) is null
                ? new() { DetectStoreDirectory = true }
                : new() { StoreDirectory = selection.Value.StoreDirectory.Path };
            string?[] names = result.GetValue(files) is { Length: > 0 } given ? given : new string?[1];
            using Stream output = context.OpenOutput();
            for (int index = 0; index < names.Length; index++)
            {
                using NarioInput input = NarioInput.Open(names[index], context, progress, format, context.Cancellation);
                if (names.Length > 1 && !options.Json)
                {
                    WriteTitle(names[index]!, isFirst: index == 0, output, context.IsOutputTerminal);
                }

                try
                {
                    ListOptions here = input.Reader.Version.HasFullPaths
                        ? options
                        : options with { StoreDirectory = selection.Value.StoreDirectory };
                    int count = NarioLister.List(input.Reader, here, output, context.Cancellation);
                    input.Warn(names.Length == 1 ? NarioInput.UsualName : $"'{names[index]}'", count, log);
                }
                catch (StoreException error)
                    when (names.Length > 1 && error.InnerException is NarioFormatException or NarioEntryException)
                {
                    throw new StoreException($"'{names[index]}': {error.Message}", error);
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Refuses options that would have no effect.</summary>
    private static void CheckOptions(ListOptions options, bool isPretty, bool isPlain)
    {
        string? fault =
            isPretty && isPlain ? "'--pretty' and '--no-pretty' contradict each other" :
            isPretty && !options.Json ? "'--pretty' needs '--json'" :
            isPlain && !options.Json ? "'--no-pretty' needs '--json'" :
            options.Detailed && options.Json ? "'--long' does not go with '--json', which leaves nothing out" :
            options.Detailed && !options.Recursive ? "'--long' needs '--recursive'" :
            null;
        if (fault is not null)
        {
            throw new UsageException(fault);
        }
    }

    /// <summary>Writes which file the lines are from that follow, as <c>ls</c> does.</summary>
    private static void WriteTitle(string file, bool isFirst, Stream output, bool isTerminal)
    {
        string shown = isTerminal ? EscapedText.FromText(file) : file;
        output.Write(Encoding.UTF8.GetBytes($"{(isFirst ? string.Empty : "\n")}{shown}:\n"));
    }
}
