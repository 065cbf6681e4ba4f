using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Nario.Cli.Commands;
using Nario.Cli.Messages;

namespace Nario.Cli;

/// <summary>The program <c>nario</c>.</summary>
internal static class Program
{
    /// <summary>Gets the name and the version of the program.</summary>
    internal static string Version { get; } = $"nario {typeof(Program).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments, without the name of the program.</param>
    /// <param name="context">What the program is connected to.</param>
    /// <returns>The exit code, of <see cref="ExitCode"/>.</returns>
    internal static int Run(IReadOnlyList<string> arguments, ProgramContext context)
    {
        GlobalOptions options = new();
        Command root = new CommandWithExamples("nario", "Moves Nix store paths as files (narios).")
        {
            Examples =
            [
                "nario export --format 2 -r ./result > result.nario",
                "nario list -lR result.nario",
                "nario import --store ./root < result.nario",
            ],
        };
        root.Add(ExportCommand.Create(context, options));
        root.Add(ImportCommand.Create(context, options));
        root.Add(ListCommand.Create(context, options));
        root.Add(FlakeCommand.Create(context, options));
        options.AddTo(root);

        // An argument that begins with @ is a path like any other.
        ParserConfiguration configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult result = root.Parse([.. UsageCheck.Expand(arguments)], configuration);
        bool showsDetails = options.GetVerbosity(result) >= Verbosity.Detail;
        try
        {
            if (showsDetails)
            {
                context.Error.WriteLine(Version);
            }

            return Run(result, arguments, options, context);
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error, context, NameOf(result.CommandResult), showsDetails);
        }
    }

    private static int Run(
        ParseResult result, IReadOnlyList<string> arguments, GlobalOptions options, ProgramContext context)
    {
        if (options.IsVersionWanted(result))
        {
            Print(Version + "\n", context);
            return ExitCode.Success;
        }

        if (!options.IsHelpWanted(result))
        {
            UsageCheck.Check(result, arguments);
        }

        using StringWriter help = new() { NewLine = "\n" };
        int code = result.Invoke(new InvocationConfiguration
        {
            Output = help,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
        Print(help.ToString(), context);
        return code;
    }

    /// <summary>Gets what the user has to type to run a command.</summary>
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : command.Command.Name;

    private static void Print(string text, ProgramContext context)
    {
        if (text.Length > 0)
        {
            using Stream output = context.OpenOutput();
            output.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    private static int Main(string[] arguments)
    {
        using Interruption interruption = new();
        return Run(arguments, ProgramContext.OfProcess(interruption.Token));
    }
}
