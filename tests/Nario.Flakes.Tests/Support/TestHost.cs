using Nario.Store.Configuration;

namespace Nario.Flakes.Tests.Support;

/// <summary>A machine without settings, whose files are the real ones.</summary>
internal sealed class TestHost(string folder) : IHost
{
    public Dictionary<string, string> Variables { get; } = [];

    public string CurrentDirectory => folder;

    public string HomeDirectory => Path.Join(folder, "home");

    public string? ForeignHomeDirectory => null;

    public bool IsSuperuser => false;

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public bool Exists(string path) => Path.Exists(path);

    public bool IsReadableAndWritable(string path) => Path.Exists(path);

    public string? ReadText(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
