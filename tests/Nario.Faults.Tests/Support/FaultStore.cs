using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Nario.Faults.Tests.Support;

/// <summary>A store of a test that something is done to while the program works on it.</summary>
internal sealed class FaultStore : IDisposable
{
    private static readonly string[] DatabaseFiles =
        ["big-lock", "db.sqlite", "db.sqlite-shm", "db.sqlite-wal", "reserved", "schema"];

    private readonly TemporaryFolder? _folder;
    private readonly IReadOnlyList<string> _enter;
    private readonly string _visibleRoot;

    /// <summary>Makes a store in a folder.</summary>
    internal FaultStore()
    {
        _folder = new TemporaryFolder();
        _enter = [];
        Root = _folder.Join("root");
        _visibleRoot = Root;
    }

    /// <summary>Makes a store on a disk, below a folder in it or around it.</summary>
    internal FaultStore(SmallDisk disk, string root)
    {
        _enter = disk.Enter;
        Root = root;
        _visibleRoot = disk.GetVisiblePath(root);
    }

    /// <summary>Gets the folder of the store, as programs that work on it name it.</summary>
    internal string Root { get; }

    /// <summary>Gets whether the store has its schema, the last thing that is made of a new one.</summary>
    internal bool IsMade => File.Exists(Join("nix/var/nix/db/schema"));

    internal string Database => Join("nix/var/nix/db/db.sqlite");

    /// <summary>Gets a path below the store's folder as the test names it.</summary>
    internal string Join(string path) => Path.Join(_visibleRoot, path);

    /// <summary>Starts an import of the closure, without a word about what it does.</summary>
    /// <remarks>From a pipe, the caller feeds it.</remarks>
    internal Process StartImport(int version, InputKind kind, params IEnumerable<string> options) =>
        Start([.. DescribeCommand(version, kind), .. options]);

    /// <summary>Imports the closure.</summary>
    internal ProgramResult Import(int version, InputKind kind, params IEnumerable<string> options)
    {
        using Process process = StartImport(version, kind, options);
        return ProcessEnd.Await(process, kind == InputKind.Pipe ? FaultClosure.Read(version) : null);
    }

    /// <summary>Imports the closure with a program that runs another one.</summary>
    /// <param name="words">The words that start it, which those of the import follow.</param>
    /// <param name="version">The version of the nario.</param>
    /// <param name="kind">How it is given.</param>
    internal ProgramResult ImportUnder(string[] words, int version, InputKind kind)
    {
        using Process process = Start([.. words, .. DescribeCommand(version, kind)]);
        return ProcessEnd.Await(process, kind == InputKind.Pipe ? FaultClosure.Read(version) : null);
    }

    /// <summary>Imports what comes through a pipe.</summary>
    internal ProgramResult ImportFrom(byte[] nario)
    {
        using Process process = StartImport(0, InputKind.Pipe);
        return ProcessEnd.Await(process, nario);
    }

    /// <summary>Runs a program where the store is.</summary>
    internal ProgramResult Run(params IEnumerable<string> words)
    {
        using Process process = Start(words);
        return ProcessEnd.Await(process);
    }

    /// <summary>Starts a program where the store is.</summary>
    internal Process Start(params IEnumerable<string> words)
    {
        string[] all = [.. _enter, .. words];
        return NixProgram.Start(all[0], all[1..]);
    }

    /// <summary>Expects Nix to find everything whole that is registered.</summary>
    internal void AssertClean()
    {
        ProgramResult result = Run("nix-store", "--store", Root, "--verify", "--check-contents");
        Assert.Equal((0, Nix.CleanReport), (result.ExitCode, result.Errors));
    }

    /// <summary>
    /// Expects what is registered after a fault to be whole, and a second import to take up the rest, and only that,
    /// and to leave nothing but the paths.
    /// </summary>
    internal void AssertRecovers(int version, InputKind kind)
    {
        // Both Nix and this program must be able to complete a store that was not quite made.
        if (IsMade)
        {
            AssertClean();
        }

        IReadOnlyList<string> registered = ListRegistered();
        ProgramResult result = Import(version, kind, "-v");

        // The last line says how many paths were imported, and how long that took.
        int summary = result.Errors.LastIndexOf(
            $"imported {FaultClosure.Paths.Count - registered.Count} path", StringComparison.Ordinal);
        Assert.True(summary >= 0, result.Errors);
        Assert.Equal((0, DescribeImport(registered)), (result.ExitCode, result.Errors[..summary]));
        AssertComplete();
    }

    /// <summary>Expects the store to hold the paths of the closure, nothing else, and all of them whole.</summary>
    internal void AssertComplete()
    {
        Assert.Equal(FaultClosure.Paths.Order(StringComparer.Ordinal), ListRegistered());
        AssertNothingLeft();
        AssertClean();
    }

    /// <summary>Expects everything in the store directory to be registered, and no temporary file in the state.</summary>
    internal void AssertNothingLeft()
    {
        Assert.Equal(ListRegistered().Select(static path => Path.GetFileName(path)), ListObjects());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Join("nix/store/.links")));
        Assert.Empty(
            Directory.EnumerateFileSystemEntries(Join("nix/var/nix/db"))
                .Select(static path => Path.GetFileName(path)).Except(DatabaseFiles));
    }

    /// <summary>Gets what is in the store directory, in byte order.</summary>
    internal IReadOnlyList<string> ListObjects() =>
    [
        .. (Directory.Exists(Join("nix/store")) ? Directory.EnumerateFileSystemEntries(Join("nix/store")) : [])
            .Select(static path => Path.GetFileName(path))
            .Where(static name => name != ".links")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Gets the registered paths in byte order. Nothing of the store is touched.</summary>
    internal IReadOnlyList<string> ListRegistered()
    {
        if (!IsMade)
        {
            return [];
        }

        using TemporaryFolder copy = new();
        foreach (string end in (string[])["", "-wal"])
        {
            if (File.Exists(Database + end))
            {
                File.Copy(Database + end, copy.Join("db.sqlite" + end));
            }
        }

        using SqliteConnection connection = new($"Data Source={copy.Join("db.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "select path from ValidPaths order by path";
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> paths = [];
        while (reader.Read())
        {
            paths.Add(reader.GetString(0));
        }

        return paths;
    }

    /// <summary>Counts what a fault has left.</summary>
    internal void Count(Tally tally)
    {
        IReadOnlyList<string> registered = ListRegistered();
        tally.Count(
            !IsMade ? "no store yet"
            : registered.Count == 0 ? "no path"
            : registered.Count < FaultClosure.Paths.Count ? "some paths"
            : "all paths");
        string[] left = [.. ListObjects().Except(registered.Select(static path => Path.GetFileName(path)))];
        if (left.Any(static name => name.StartsWith("tmp-", StringComparison.Ordinal)))
        {
            tally.Count("left a temporary folder");
        }

        if (left.Any(static name => name.EndsWith(".lock", StringComparison.Ordinal)))
        {
            tally.Count("left a lock");
        }

        if (left.Any(static name => !name.StartsWith("tmp-", StringComparison.Ordinal)
            && !name.EndsWith(".lock", StringComparison.Ordinal)))
        {
            tally.Count("left a path that is not registered");
        }
    }

    public void Dispose() => _folder?.Dispose();

    /// <summary>Gets what an import says of the paths that it adds.</summary>
    private static string DescribeImport(IReadOnlyList<string> registered) => string.Concat(
        FaultClosure.Paths.Except(registered).Select(
            static path => string.Create(CultureInfo.InvariantCulture, $"importing path '{path}'...\n")));

    private IEnumerable<string> DescribeCommand(int version, InputKind kind) =>
    [
        .. NarioProgram.CommandLine, "import", "--no-check-sigs", "--store", Root,
        .. kind == InputKind.File ? [FaultClosure.File(version)] : (string[])[],
    ];
}
