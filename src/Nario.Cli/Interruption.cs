using System.Runtime.InteropServices;

namespace Nario.Cli;

/// <summary>Cancels the work when the user or the system asks the program to end.</summary>
/// <remarks>
/// The work then removes what it has half done. If it hangs, or is asked again, the program ends at once.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Timer _timer;

    public Interruption()
    {
        _timer = new Timer(_ => Environment.Exit(ExitCode.Interrupted));
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <summary>Is cancelled when the work is to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _timer.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // Without this the runtime would end the program now.
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Interrupted);
        }

        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
