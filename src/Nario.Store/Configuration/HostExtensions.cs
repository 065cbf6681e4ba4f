namespace Nario.Store.Configuration;

/// <summary>Reads the environment as Nix does.</summary>
internal static class HostExtensions
{
    /// <summary>Gets a variable that names something; null also when it is empty, which names nothing.</summary>
    internal static string? FindVariable(this IHost host, string name) =>
        host.GetVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Gets a path made absolute and canonical, its links not followed.</summary>
    internal static string GetFullPath(this IHost host, string path) =>
        path.Contains('\0', StringComparison.Ordinal)
            ? throw new StoreException($"path '{EscapedText.FromText(path)}' contains a NUL")
            : Path.TrimEndingDirectorySeparator(
                Path.IsPathFullyQualified(path)
                    ? Path.GetFullPath(path)
                    : Path.GetFullPath(path, host.CurrentDirectory));
}
