using System.CommandLine;

namespace Nario.Cli;

/// <summary>A command whose help ends in examples.</summary>
internal sealed class CommandWithExamples(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public required IReadOnlyList<string> Examples { get; init; }
}
