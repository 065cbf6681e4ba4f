using Nario.Store.Configuration;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests.Support;

/// <summary>Runs the program in the process of the test, on a machine without settings.</summary>
internal sealed record InProcess
{
    /// <summary>Gets the standard input.</summary>
    internal Stream Input { get; init; } = Stream.Null;

    internal bool IsInputTerminal { get; init; }

    internal bool IsOutputTerminal { get; init; }

    internal bool IsErrorTerminal { get; init; }

    internal IHost Host { get; init; } = new FakeHost();

    internal CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <summary>Runs the program with bytes as its standard input.</summary>
    internal static RunResult Run(byte[] input, params string[] arguments) =>
        new InProcess { Input = new MemoryStream(input) }.Run(arguments);

    /// <summary>Runs the program.</summary>
    internal RunResult Run(params string[] arguments)
    {
        using MemoryStream output = new();
        using StringWriter errors = new() { NewLine = "\n" };
        int exitCode = Program.Run(arguments, new ProgramContext
        {
            OpenInput = () => Input,
            OpenOutput = () => output,
            Error = errors,
            IsInputTerminal = IsInputTerminal,
            IsOutputTerminal = IsOutputTerminal,
            IsErrorTerminal = IsErrorTerminal,
            Host = Host,
            Cancellation = Cancellation,
        });
        return new RunResult(exitCode, output.ToArray(), errors.ToString());
    }
}
