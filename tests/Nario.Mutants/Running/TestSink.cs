using Xunit;
using Xunit.Abstractions;

namespace Nario.Mutants.Running;

/// <summary>Takes what the test framework tells.</summary>
internal sealed class TestSink : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly ManualResetEventSlim _ended = new();

    public List<ITestCase> Found { get; } = [];

    public int Failed { get; private set; }

    public int Passed { get; private set; }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found:
                Found.Add(found.TestCase);
                break;
            case ITestPassed:
                Passed++;
                break;
            case ITestFailed or IErrorMessage or ITestCleanupFailure or ITestClassCleanupFailure:
                Failed++;
                break;
            case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                _ended.Set();
                break;
        }

        // The first failure is enough.
        return Failed == 0;
    }

    public void Wait() => _ended.Wait();

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();
}
