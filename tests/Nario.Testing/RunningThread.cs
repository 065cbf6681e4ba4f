using System.Runtime.ExceptionServices;

namespace Nario.Testing;

/// <summary>A thread whose failure is the failure of the test that joins it.</summary>
/// <remarks>A thread, not a task: it has the user and the umask of the one that starts it.</remarks>
internal sealed class RunningThread
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    private RunningThread(Action action) => _thread = new Thread(() =>
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    });

    internal static RunningThread Start(Action action)
    {
        RunningThread running = new(action);
        running._thread.Start();
        return running;
    }

    internal void Join()
    {
        _thread.Join();
        _failure?.Throw();
    }
}
