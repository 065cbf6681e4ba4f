using System.CommandLine;

namespace Nario.Cli.Commands;

/// <summary>The command <c>flake</c>, which has others.</summary>
internal static class FlakeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ProgramContext context, GlobalOptions global)
    {
        Command command = new CommandWithExamples("flake", "Works with flakes.")
        {
            Examples = ["nario flake clone github:NixOS/patchelf --dest ./patchelf"],
        };
        command.Add(FlakeCloneCommand.Create(context, global));
        return command;
    }
}
