using Nario.Store.Configuration;

namespace Nario.Fuzz.Text;

/// <summary>A machine on which every file holds the same text, so that a configuration can include itself.</summary>
/// <param name="text">The text.</param>
internal sealed class MemoryHost(string text) : IHost
{
    /// <inheritdoc/>
    public string CurrentDirectory => "/folder";

    /// <inheritdoc/>
    public string HomeDirectory => "/home";

    /// <inheritdoc/>
    public string? ForeignHomeDirectory => null;

    /// <inheritdoc/>
    public bool IsSuperuser => false;

    /// <inheritdoc/>
    public string? GetVariable(string name) => name == "NIX_CONFIG" ? text : null;

    /// <inheritdoc/>
    public bool Exists(string path) => path.Length % 2 == 0;

    /// <inheritdoc/>
    public bool IsReadableAndWritable(string path) => path.Length % 3 == 0;

    /// <inheritdoc/>
    public string? ReadText(string path) => path.StartsWith("/etc", StringComparison.Ordinal) ? null : text;
}
