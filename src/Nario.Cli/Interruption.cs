using System.Runtime.InteropServices;
using System.Text;
using Nario.Cli.Messages;
using Nario.Store;
using Nario.Store.Posix;

namespace Nario.Cli;

/// <summary>Cancels the work when the user or the system asks the program to end.</summary>
/// <remarks>
/// The work then removes what it has half done. If it hangs, or is asked again, the program ends at once.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    /// <summary>SIGXFSZ: a file would be larger than the user allows. Without it the write fails, and says so.</summary>
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Timer _timer;

    public Interruption()
    {
        _timer = new Timer(static _ => EndNow());
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
            PosixSignalRegistration.Create(FileSizeExceeded, static context => context.Cancel = true),
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

    /// <summary>Ends the program while its work goes on, and says why in its place.</summary>
    private static void EndNow()
    {
        try
        {
            using DescriptorStream error = DescriptorStream.OpenStandardError();
            error.Write(Encoding.ASCII.GetBytes($"error: {ErrorReport.Interrupted}\n"));
        }
        catch (StoreException)
        {
            // There is nobody to tell.
        }

        Environment.Exit(ExitCode.Interrupted);
    }

    private void Handle(PosixSignalContext context)
    {
        // Without this the runtime would end the program now.
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            EndNow();
        }

        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
