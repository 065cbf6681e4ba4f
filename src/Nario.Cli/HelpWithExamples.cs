using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nario.Cli;

/// <summary>Writes help, which is the same whatever the width of the terminal.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Width = 100;

    private readonly HelpAction _help = new() { MaxWidth = Width };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithExamples command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return ExitCode.Success;
    }
}
