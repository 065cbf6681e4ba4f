using Nario.Store.Configuration;

namespace Nario.Store.Tests.Data;

/// <summary>A machine without anything but what a test puts there.</summary>
internal sealed class FakeHost : IHost
{
    internal Dictionary<string, string> Variables { get; } = [];

    /// <summary>Gets the texts of files by path; null stands for one that may not be read.</summary>
    internal Dictionary<string, string?> Files { get; } = [];

    internal HashSet<string> WritableFolders { get; } = [];

    public string CurrentDirectory => "/folder";

    public string HomeDirectory => "/home/user";

    public string? ForeignHomeDirectory { get; init; }

    public bool IsSuperuser { get; init; }

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public bool Exists(string path) => Files.ContainsKey(path) || WritableFolders.Contains(path);

    public bool IsReadableAndWritable(string path) => WritableFolders.Contains(path);

    public string? ReadText(string path) => Files.GetValueOrDefault(path);
}
