using System.Collections.ObjectModel;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Data.Sqlite;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Configuration;
using Nario.Store.Local;
using Nario.Store.Local.Database;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Testing;

/// <summary>A store below a folder of the test, which is deleted with it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class TemporaryStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal string Root => _folder.Join("root");

    internal StoreLocation Location => new()
    {
        StoreDirectory = StoreDirectory.Default,
        RealStoreDirectory = RealStore,
        StateDirectory = State,
        LogDirectory = Join("nix/var/log/nix"),
    };

    internal string RealStore => Join("nix/store");

    internal string State => Join("nix/var/nix");

    internal string DatabaseFile => Join("nix/var/nix/db/db.sqlite");

    internal string Join(string path) => Path.Join(Root, path);

    internal string RealPath(StorePath path) => Path.Join(RealStore, path.BaseName);

    internal LocalStore Open(StoreAccess access = StoreAccess.ReadAndWrite) =>
        LocalStore.Open(Location, NixConfiguration.Default, access);

    /// <summary>Gets the names in the store directory, without those that every store has.</summary>
    internal IReadOnlyList<string> ListObjects() =>
    [
        .. Directory.EnumerateFileSystemEntries(RealStore)
            .Select(static path => Path.GetFileName(path))
            .Where(static name => name != ".links")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads what stores of this process keep from the collector: each path with a NUL behind it.</summary>
    internal string ReadTempRoots()
    {
        // There is a lock on it, which .NET's own files respect.
        using FileDescriptor roots =
            FileDescriptor.Open(Path.Join(State, "temproots", $"{Environment.ProcessId}"), OpenFlags.ReadOnly);
        byte[] text = new byte[1000];
        return Encoding.ASCII.GetString(text, 0, roots.Read(text));
    }

    /// <summary>Runs a query on the database itself.</summary>
    /// <returns>One line for each row.</returns>
    internal IReadOnlyList<string> Query(string text)
    {
        using SqliteConnection connection = new($"Data Source={DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(
                column => reader.IsDBNull(column) ? "NULL" : reader.GetString(column))));
        }

        return rows;
    }

    /// <summary>Changes the database itself.</summary>
    internal void Execute(string text)
    {
        using SqliteConnection connection = new($"Data Source={DatabaseFile};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>Makes an information that fits no tree in particular.</summary>
    internal static ValidPathInfo MakeInfo(StorePath path, params StorePath[] references) => new()
    {
        Path = path,
        NarHash = TestHash.Sha256([1, 2, 3]),
        NarSize = 1000,
        References = references,
    };

    /// <summary>Adds a path.</summary>
    /// <returns>Whether it was added.</returns>
    internal static bool Add(LocalStore store, ValidPathInfo info, Action<INarSink>? write = null)
    {
        bool isAdded = Commit(store, info, write);
        store.Flush();
        return isAdded;
    }

    /// <summary>Adds a path that may still wait to be registered then.</summary>
    /// <returns>Whether it was added.</returns>
    internal static bool Commit(LocalStore store, ValidPathInfo info, Action<INarSink>? write = null)
    {
        using IPathAddition addition = store.BeginAddition();
        (write ?? SampleTree.Write)(addition.Sink);
        return addition.Commit(info);
    }

    /// <summary>Registers a path of which nothing is there.</summary>
    internal static void Register(LocalStore store, ValidPathInfo info) =>
        store.Database.Register([new Registration(info, ReadOnlyDictionary<string, StorePath>.Empty)]);

    public void Dispose() => _folder.Dispose();
}
