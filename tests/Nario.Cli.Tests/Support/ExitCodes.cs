namespace Nario.Cli.Tests.Support;

/// <summary>What users are told of exit codes; not taken from the program.</summary>
internal static class ExitCodes
{
    internal const int Success = 0;

    internal const int Failure = 1;

    internal const int BrokenPipe = 141;

    internal const int Interrupted = 130;
}
