using Nario.Flakes.References;
using Nario.Flakes.Registries;
using Nario.Store.Configuration;
using Nario.Store.Pipeline;

namespace Nario.Flakes.Tests.Support;

/// <summary>A folder of a test, into which it clones, and what was said meanwhile.</summary>
internal sealed class Cloning : IMessageLog, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    internal Cloning()
    {
        Host = new TestHost(_folder.Path);
        Options = new CloneOptions
        {
            Host = Host,
            Configuration = NixConfiguration.Default with { FlakeRegistry = string.Empty },
            ShowProgramLine = (line, _) => Write(MessageLevel.Detail, line),
        };
    }

    internal TestHost Host { get; }

    internal CloneOptions Options { get; set; }

    internal IReadOnlyList<RegistryEntry> Overrides { get; set; } = [];

    internal bool UsesRegistries { get; set; } = true;

    internal CancellationToken Cancellation { get; set; }

    internal string Root => _folder.Path;

    internal string Destination => _folder.Join("dest");

    internal bool HasDestination => Path.Exists(Destination) || new FileInfo(Destination).LinkTarget is not null;

    internal IReadOnlyList<string> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    public bool Wants(MessageLevel level) => true;

    public void Write(MessageLevel level, string message)
    {
        lock (_messages)
        {
            _messages.Add(level == MessageLevel.Warning ? $"warning: {message}" : message);
        }
    }

    public void Dispose() => _folder.Dispose();

    internal string Join(params string[] parts) => _folder.Join(parts);

    /// <summary>Makes a file, and the folders above.</summary>
    internal string AddFile(string name, string text, bool isExecutable = false)
    {
        string path = Join(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (isExecutable)
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }

        return path;
    }

    internal string AddFile(string name, byte[] bytes)
    {
        string path = AddFile(name, string.Empty);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Clones, as the command does.</summary>
    internal CloneResult Clone(string reference, string destination = "dest")
    {
        FlakeReference named = FlakeReference.Parse(reference, Host.CurrentDirectory).Reference;
        FlakeReference resolved = new RegistryLookup(Overrides, UsesRegistries, Options, this).Resolve(named, Cancellation);
        return new FlakeCloner(Options, this).Clone(resolved, destination, Cancellation);
    }

    /// <summary>Clones, and expects that to fail and to leave nothing.</summary>
    /// <returns>The message.</returns>
    internal string Fail(string reference, string destination = "dest") =>
        Fail<Store.StoreException>(reference, destination).Message;

    internal T Fail<T>(string reference, string destination = "dest")
        where T : Exception
    {
        bool wasThere = Path.Exists(Join(destination));
        T error = Assert.ThrowsAny<T>(() => Clone(reference, destination));
        Assert.Equal(wasThere, Path.Exists(Join(destination)));
        Assert.Empty(LeftOvers());
        return error;
    }

    internal IEnumerable<string> LeftOvers() =>
        TemporaryFolder.ListBelow(Root).Where(static path => Path.GetFileName(path).StartsWith(".nario-clone-", StringComparison.Ordinal));

    /// <summary>Gets what was cloned, one line each: permissions, path and target, without the folder of git.</summary>
    internal IReadOnlyList<string> Listing(string destination = "dest")
    {
        string root = Join(destination);
        return [.. TemporaryFolder.ListBelow(root)
            .Where(static path => path != ".git" && !path.StartsWith(".git/", StringComparison.Ordinal))
            .Select(path => $"{Describe(Path.Join(root, path))} {path}")];
    }

    private static string Describe(string path)
    {
        FileInfo file = new(path);
        if (file.LinkTarget is { } target)
        {
            return $"l {target}";
        }

        return Directory.Exists(path) ? "d" : (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? "x" : "f";
    }
}
