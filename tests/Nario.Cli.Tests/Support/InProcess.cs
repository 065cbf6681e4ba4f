using Nario.Store.Configuration;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests.Support;

/// <summary>
/// Runs the program on a machine without settings: in the process of the test, but as a native program where there is
/// one to be tested and nothing is played to it.
/// </summary>
internal sealed record InProcess
{
    /// <summary>Gets the standard input.</summary>
    internal Stream Input { get; init; } = Stream.Null;

    internal bool IsInputTerminal { get; init; }

    internal bool IsOutputTerminal { get; init; }

    internal bool IsErrorTerminal { get; init; }

    internal IHost? Host { get; init; }

    internal CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <summary>Gets whether the test plays something to the program that no other process could have.</summary>
    private bool IsPlayed =>
        IsInputTerminal
        || IsOutputTerminal
        || IsErrorTerminal
        || Host is not null
        || Cancellation.CanBeCanceled
        || (Input is MemoryStream && Input.GetType() != typeof(MemoryStream));

    /// <summary>Runs the program with bytes as its standard input.</summary>
    internal static RunResult Run(byte[] input, params string[] arguments) =>
        new InProcess { Input = new MemoryStream(input) }.Run(arguments);

    /// <summary>Runs the program.</summary>
    internal RunResult Run(params string[] arguments)
    {
        if (NarioProgram.IsNative && !IsPlayed)
        {
            return RunNative(arguments);
        }

        using MemoryStream output = new();
        using StringWriter errors = new() { NewLine = "\n" };
        int exitCode = Program.Run(arguments, new ProgramContext
        {
            OpenInput = _ => Input,
            OpenOutput = () => output,
            Error = errors,
            IsInputTerminal = IsInputTerminal,
            IsOutputTerminal = IsOutputTerminal,
            IsErrorTerminal = IsErrorTerminal,
            Host = Host ?? new FakeHost(),
            Cancellation = Cancellation,
        });
        return new RunResult(exitCode, output.ToArray(), errors.ToString());
    }

    private RunResult RunNative(string[] arguments)
    {
        using MemoryStream input = new();
        Input.CopyTo(input);
        ProgramResult result =
            NarioProgram.Run(input.ToArray(), Input.CanSeek ? InputKind.File : InputKind.Pipe, arguments);
        return new RunResult(result.ExitCode, result.Output, result.Errors);
    }
}
