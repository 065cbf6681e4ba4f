namespace Nario.Ksy;

/// <summary>The error of a dispatch over a closed hierarchy that lacks a case.</summary>
public static class Unreachable
{
    /// <summary>Gets the error for <paramref name="value"/>.</summary>
    public static InvalidOperationException Case(object? value) =>
        new($"No case handles {value?.GetType().Name ?? "null"}.");
}
