using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Nario.Mutants.Running;

/// <summary>The tests of one assembly.</summary>
internal sealed class TestAssembly
{
    private static readonly NoOptions Options = new();

    private readonly ITestFrameworkExecutor _executor;

    /// <summary>Finds the tests.</summary>
    /// <param name="name">The name of the assembly.</param>
    public TestAssembly(string name)
    {
        Assembly assembly = Assembly.Load(name);
        XunitTestFramework framework = new(new NullMessageSink());
        using TestSink sink = new();
        ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(new ReflectionAssemblyInfo(assembly));
        discoverer.Find(includeSourceInformation: false, sink, Options);
        sink.Wait();
        Cases = [.. sink.Found.OrderBy(static test => test.UniqueID, StringComparer.Ordinal)];
        _executor = framework.GetExecutor(assembly.GetName());
    }

    /// <summary>Gets the tests, in an order that is always the same.</summary>
    public IReadOnlyList<ITestCase> Cases { get; }

    /// <summary>Runs one test.</summary>
    /// <returns>Whether it passed; null when it was skipped.</returns>
    public bool? Run(ITestCase test)
    {
        using TestSink sink = new();
        _executor.RunTests([test], sink, Options);
        sink.Wait();
        return sink.Failed > 0 ? false : sink.Passed > 0 ? true : null;
    }
}
