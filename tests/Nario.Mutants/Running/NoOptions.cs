using Xunit.Abstractions;

namespace Nario.Mutants.Running;

/// <summary>Options of the test framework: one test after another, the rest as it is by default.</summary>
internal sealed class NoOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = new() { ["xunit.execution.DisableParallelization"] = true };

    /// <inheritdoc/>
    public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

    /// <inheritdoc/>
    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}
