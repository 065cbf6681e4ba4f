using Nario.Store;
using Nario.Store.Configuration;
using Nario.Store.Posix;

namespace Nario.Cli;

/// <summary>What the program is connected to, so that tests can stand in for it.</summary>
internal sealed record ProgramContext
{
    /// <summary>Opens the standard input, unbuffered, with what ends waiting for it.</summary>
    public required Func<CancellationToken, Stream> OpenInput { get; init; }

    /// <summary>Opens the standard output, unbuffered.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    /// <summary>Takes errors, messages and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether the standard error is a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether the standard input is a terminal.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether the standard output is a terminal.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>The machine, the user and the environment.</summary>
    public required IHost Host { get; init; }

    /// <summary>Is cancelled when the work is to end early.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>Connects to what this process was started with.</summary>
    /// <param name="cancellation">Is cancelled when the work is to end early.</param>
    public static ProgramContext OfProcess(CancellationToken cancellation) => new()
    {
        OpenInput = DescriptorStream.OpenStandardInput,
        OpenOutput = () => DescriptorStream.OpenStandardOutput(cancellation),
        Error = new StreamWriter(OpenError()) { AutoFlush = true, NewLine = "\n" },
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Host = new ProcessHost(),
        Cancellation = cancellation,
    };

    // The stream of .NET would set up the terminal, which has an effect of its own on what is seen there.
    private static Stream OpenError()
    {
        try
        {
            return DescriptorStream.OpenStandardError();
        }
        catch (StoreException)
        {
            return Stream.Null;
        }
    }
}
