namespace Nario.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Success = 0;

    /// <summary>Something was wrong with the input, the store or the command line.</summary>
    public const int Failure = 1;

    /// <summary>What was fetched is not what the reference pins; the number that Nix has for it.</summary>
    public const int PinMismatch = 102;

    /// <summary>Nobody reads the standard output any more: 128 and the number of SIGPIPE, as shells have it.</summary>
    public const int BrokenPipe = 141;

    /// <summary>A signal ended the work: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
