using System.CommandLine;
using Nario.Cli.Messages;
using Nario.Cli.Streams;
using Nario.Codec;
using Nario.Store.Listing;

namespace Nario.Cli.Commands;

/// <summary>The command <c>list</c>.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ProgramContext context, GlobalOptions global)
    {
        Argument<string?> file = new("FILE")
        {
            Description = "The nario; without it, or with '-', the standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> json = Flag.Create("--json", "Write JSON.");
        Option<bool> pretty = Flag.Create("--pretty", "Indent JSON, as is done on a terminal.");
        Option<bool> plain = Flag.Create("--no-pretty", "Write JSON in one line, as is done elsewhere.");
        Option<bool> detailed = Flag.Create(
            "--long", "With -R: show permissions, sizes and link targets too.", "-l");
        Option<bool> recursive = Flag.Create("--recursive", "Show the files in each path.", "-R");
        Command command = new CommandWithExamples("list", "Show what a nario holds, without importing it.")
        {
            Examples =
            [
                "nario list < result.nario",
                "nario list -lR result.nario",
                "zstd -dc result.nario.zst | nario list --json",
            ],
        };
        command.Add(file);
        command.Add(json);
        command.Add(pretty);
        command.Add(plain);
        command.Add(detailed);
        command.Add(recursive);
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
            bool showsProgress = context.IsErrorTerminal && !context.IsOutputTerminal && !global.IsQuiet(result);
            using Progress progress = new(context.Error, showsProgress);
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);
            using NarioInput input = NarioInput.Open(
                result.GetValue(file), context, progress, NarioOptions.Default, context.Cancellation);
            using Stream output = context.OpenOutput();
            NarioLister.List(input.Reader, options, output, context.Cancellation);
            input.WarnOfRest(log);
            return ExitCode.Success;
        });
        return command;
    }
}
