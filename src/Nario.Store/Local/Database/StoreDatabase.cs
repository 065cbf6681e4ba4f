using Microsoft.Data.Sqlite;
using Nario.Store.Configuration;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Posix;
using Nario.Store.Signatures;

namespace Nario.Store.Local.Database;

/// <summary>The database of a store: which paths are valid, and what is known of them. Shared with Nix.</summary>
/// <remarks>Safe for several threads; their calls follow one another.</remarks>
internal sealed class StoreDatabase : IDisposable
{
    /// <summary>How long SQLite waits for another process before it gives up: an hour, as Nix does.</summary>
    private const int BusyTimeoutMilliseconds = 3_600_000;

    private const int MaxRetryDelayMilliseconds = 100;

    /// <summary>How much of the database a connection keeps in memory: what is read again and again fits.</summary>
    private const int CacheKibibytes = 256;

    private const int BusyError = 5;
    private const int ReadOnlyError = 8;
    private const int CannotOpenError = 14;
    private const int ProtocolError = 15;

    private readonly Lock _lock = new();
    private readonly StoreDirectory _storeDirectory;
    private readonly string _file;
    private readonly SqliteConnectionStringBuilder _settings;
    private readonly IReadOnlyList<string> _setup;
    private readonly SqliteConnection _connection;
    private readonly DatabaseStatement _findId;
    private readonly DatabaseStatement _findInfo;
    private readonly DatabaseStatement _findReferences;
    private readonly DatabaseStatement _listPaths;
    private readonly DatabaseStatement _insertPath;
    private readonly DatabaseStatement _updatePath;
    private readonly DatabaseStatement _insertReference;
    private readonly DatabaseStatement _insertOutput;
    private readonly DatabaseStatement _findSignatures;
    private readonly DatabaseStatement _updateSignatures;
    private readonly DatabaseStatement _begin;
    private readonly DatabaseStatement _commit;
    private readonly DatabaseStatement _rollback;

    private StoreDatabase(
        string file,
        StoreDirectory storeDirectory,
        SqliteConnectionStringBuilder settings,
        IReadOnlyList<string> setup,
        SqliteConnection connection)
    {
        _file = file;
        _storeDirectory = storeDirectory;
        _settings = settings;
        _setup = setup;
        _connection = connection;
        _findId = new(connection, "select id from ValidPaths where path = $path", "$path");
        _findInfo = new(
            connection,
            """
            select hash, registrationTime, deriver, narSize, ultimate, sigs, ca from ValidPaths where path = $path
            """,
            "$path");
        _findReferences = new(
            connection,
            """
            select target.path from ValidPaths source
            left join Refs on referrer = source.id
            left join ValidPaths target on reference = target.id
            where source.path = $path
            """,
            "$path");
        _listPaths = new(
            connection,
            "select path from ValidPaths where path > $after order by path limit $count",
            "$after",
            "$count");
        _insertPath = new(
            connection,
            """
            insert into ValidPaths (path, hash, registrationTime, deriver, narSize, ultimate, sigs, ca)
            values ($path, $hash, $time, $deriver, $size, $ultimate, $signatures, $ca) returning id
            """,
            "$path",
            "$hash",
            "$time",
            "$deriver",
            "$size",
            "$ultimate",
            "$signatures",
            "$ca");
        _updatePath = new(
            connection,
            """
            update ValidPaths set narSize = $size, hash = $hash, ultimate = $ultimate, sigs = $signatures, ca = $ca
            where id = $id
            """,
            "$size",
            "$hash",
            "$ultimate",
            "$signatures",
            "$ca",
            "$id");
        _insertReference = new(
            connection,
            "insert or replace into Refs (referrer, reference) select $referrer, id from ValidPaths where path = $path",
            "$referrer",
            "$path");
        _insertOutput = new(
            connection,
            "insert or replace into DerivationOutputs (drv, id, path) values ($drv, $id, $path)",
            "$drv",
            "$id",
            "$path");
        _findSignatures = new(connection, "select sigs from ValidPaths where path = $path", "$path");
        _updateSignatures = new(
            connection, "update ValidPaths set sigs = $signatures where path = $path", "$signatures", "$path");

        // A transaction that first reads and then wants to write would fail when another one wrote in between.
        _begin = new(connection, "begin immediate");
        _commit = new(connection, "commit");
        _rollback = new(connection, "rollback");
    }

    /// <summary>Opens the database of a store to read and write.</summary>
    /// <param name="file">The file <c>db.sqlite</c>.</param>
    /// <param name="storeDirectory">The store directory that its paths begin with.</param>
    /// <param name="create">Whether the store is new.</param>
    /// <param name="configuration">Says how the database keeps its log, and whether it waits for the disk.</param>
    /// <returns>The database.</returns>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static StoreDatabase Open(
        string file, StoreDirectory storeDirectory, bool create, NixConfiguration configuration)
    {
        // SQLite would open it to read, and then make files beside it that not even its owner may write.
        if (!create && FileAccessCheck.CheckReadAndWrite(file) is var error and not PosixError.None)
        {
            throw new PosixException("write", file, (int)error);
        }

        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = file,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        if (!configuration.UseSqliteWriteAheadLog)
        {
            settings.Vfs = "unix-dotfile";
        }

        List<string> setup =
        [
            $"pragma busy_timeout = {BusyTimeoutMilliseconds}",
            "pragma foreign_keys = 1",
            $"pragma cache_size = -{CacheKibibytes}",
            $"pragma synchronous = {(configuration.SynchronizeMetadata ? "normal" : "off")}",
        ];
        if (configuration.UseSqliteWriteAheadLog)
        {
            setup.Add("pragma main.journal_mode = wal");
            setup.Add("pragma main.journal_size_limit = 1099511627776");
            setup.Add("pragma main.wal_autocheckpoint = 40000");
        }
        else
        {
            setup.Add("pragma main.journal_mode = truncate");
        }

        StoreDatabase database = Open(file, storeDirectory, settings, setup);
        if (create)
        {
            // From now on it is there, whoever opens it once more.
            settings.Mode = SqliteOpenMode.ReadWrite;
            try
            {
                database.RunTransaction(
                    static (database, text) => Execute(database._connection, text), StoreSchema.CreateTables);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }

        return database;
    }

    /// <summary>Opens the database of a store that the user may perhaps only read.</summary>
    /// <param name="file">The file <c>db.sqlite</c>.</param>
    /// <param name="storeDirectory">The store directory that its paths begin with.</param>
    /// <returns>The database.</returns>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static StoreDatabase OpenReadOnly(string file, StoreDirectory storeDirectory)
    {
        // SQLite falls back to reading when the user may not write. When he may, the files of the write-ahead log
        // that even a reader needs are deleted again in the end, which a connection for reading leaves out.
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        const string Probe = "select count(*) from sqlite_master";
        IReadOnlyList<string> setup =
            [$"pragma busy_timeout = {BusyTimeoutMilliseconds}", "pragma query_only = 1", Probe];
        try
        {
            return Open(file, storeDirectory, settings, setup);
        }
        catch (StoreException exception)
            when (exception.InnerException is SqliteException { SqliteErrorCode: CannotOpenError or ReadOnlyError }
                && HasEmptyLog(file))
        {
            // While nobody has the database open those files do not exist, and without write permission they cannot
            // be made; then there is nothing in them that one could miss.
            settings.DataSource = $"file:{Uri.EscapeDataString(file)}?immutable=1";
            settings.Mode = SqliteOpenMode.ReadOnly;
            return Open(file, storeDirectory, settings, [Probe]);
        }
    }

    /// <summary>Opens the same database once more: what one connection writes does not keep the other from
    /// reading.</summary>
    /// <returns>The other connection, to be disposed.</returns>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public StoreDatabase OpenAnother() => Open(_file, _storeDirectory, _settings, _setup);

    /// <summary>Gets whether a path is valid.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public bool IsValidPath(StorePath path) =>
        Run(static (database, path) => database.FindId(path) is not null, path);

    /// <summary>Gets what is known of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The information, or null when it is not valid.</returns>
    /// <exception cref="StoreException">The database cannot be read, or its row makes no sense.</exception>
    public ValidPathInfo? QueryPathInfo(StorePath path) =>
        Run(static (database, path) => database.ReadPathInfo(path), path);

    /// <summary>Gets the references of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The references in ascending order, each once, or null when the path is not valid.</returns>
    /// <exception cref="StoreException">The database cannot be read, or a row makes no sense.</exception>
    public IReadOnlyList<StorePath>? QueryReferences(StorePath path) =>
        Run(static (database, path) => database.ReadReferences(path), path);

    /// <summary>Gets some valid paths in ascending order.</summary>
    /// <param name="after">Only paths after this one, or null to begin with the first.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The paths; none after the last.</returns>
    /// <exception cref="StoreException">The database cannot be read, or a row makes no sense.</exception>
    public IReadOnlyList<StorePath> ListPaths(StorePath? after, int count) =>
        Run(static (database, range) => database.ReadPaths(range.After, range.Count), (After: after, Count: count));

    /// <summary>Registers paths with their references in one transaction: all or none.</summary>
    /// <param name="registrations">The paths, each after those that it refers to.</param>
    /// <exception cref="StoreException">A reference is not valid, or the database cannot be written.</exception>
    public void Register(IReadOnlyList<Registration> registrations) =>
        RunTransaction(
            static (database, registrations) =>
            {
                foreach (Registration registration in registrations)
                {
                    database.Insert(registration.Info, registration.Outputs);
                }
            },
            registrations);

    /// <summary>Adds signatures to those of a valid path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="signatures">Those that it has already are passed over.</param>
    /// <exception cref="StoreException">The path is not valid, or the database cannot be written.</exception>
    public void AddSignatures(StorePath path, IReadOnlyCollection<Signature> signatures) =>
        RunTransaction(
            static (database, addition) => database.MergeSignatures(addition.Path, addition.Signatures),
            (Path: path, Signatures: signatures));

    /// <summary>Closes the database.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (DatabaseStatement statement in (ReadOnlySpan<DatabaseStatement>)
                [
                    _findId, _findInfo, _findReferences, _listPaths, _insertPath, _updatePath, _insertReference,
                    _insertOutput, _findSignatures, _updateSignatures, _begin, _commit, _rollback,
                ])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }

    private static StoreDatabase Open(
        string file, StoreDirectory storeDirectory, SqliteConnectionStringBuilder settings, IReadOnlyList<string> setup)
    {
        while (true)
        {
            SqliteConnection connection = new(settings.ConnectionString);
            try
            {
                connection.Open();
                foreach (string text in setup)
                {
                    // One by one: of several statements, errors after the first row would be passed over.
                    Execute(connection, text);
                }

                return new StoreDatabase(file, storeDirectory, settings, setup, connection);
            }
            catch (SqliteException exception)
            {
                connection.Dispose();
                if (!IsTransient(exception))
                {
                    throw Failed(file, exception);
                }

                WaitForOthers();
            }
        }
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static bool HasEmptyLog(string file)
    {
        FileInfo log = new(file + "-wal");
        return !log.Exists || log.Length == 0;
    }

    private static bool IsTransient(SqliteException exception) =>
        exception.SqliteErrorCode is BusyError or ProtocolError;

    private static void WaitForOthers() => Thread.Sleep(Random.Shared.Next(MaxRetryDelayMilliseconds) + 1);

    private static StoreException Failed(string file, SqliteException exception) =>
        new(
            $"cannot use the database '{EscapedText.FromText(file)}': {EscapedText.FromText(exception.Message)}",
            exception);

    private TResult Run<TArgument, TResult>(Func<StoreDatabase, TArgument, TResult> operation, TArgument argument)
    {
        while (true)
        {
            try
            {
                lock (_lock)
                {
                    return operation(this, argument);
                }
            }
            catch (SqliteException exception) when (IsTransient(exception))
            {
                WaitForOthers();
            }
            catch (SqliteException exception)
            {
                throw Failed(_file, exception);
            }
        }
    }

    private void RunTransaction<TArgument>(Action<StoreDatabase, TArgument> operation, TArgument argument) =>
        Run(
            static (database, call) =>
            {
                database._begin.Execute();
                try
                {
                    call.Operation(database, call.Argument);
                    database._commit.Execute();
                }
                catch
                {
                    database.Rollback();
                    throw;
                }

                return true;
            },
            (Operation: operation, Argument: argument));

    private void Rollback()
    {
        try
        {
            _rollback.Execute();
        }
        catch (SqliteException)
        {
            // After some errors SQLite has rolled back by itself; the first error is the one to report.
        }
    }

    private long? FindId(StorePath path) => _findId.QueryNumber(_storeDirectory.Join(path));

    private ValidPathInfo? ReadPathInfo(StorePath path)
    {
        string fullPath = _storeDirectory.Join(path);
        ValidPathInfo info;
        using (SqliteDataReader row = _findInfo.Query(fullPath))
        {
            if (!row.Read())
            {
                return null;
            }

            try
            {
                List<string> malformed = [];
                info = new ValidPathInfo
                {
                    Path = path,
                    NarHash = NixHash.ParseAny(row.GetString(0), HashAlgorithmKind.Sha256),
                    RegistrationTime = row.GetInt64(1),
                    Deriver = row.IsDBNull(2) ? null : _storeDirectory.ParsePath(row.GetString(2)),
                    NarSize = row.IsDBNull(3) ? 0 : (ulong)row.GetInt64(3),
                    Ultimate = !row.IsDBNull(4) && row.GetInt64(4) == 1,
                    Signatures = row.IsDBNull(5) ? [] : ParseSignatures(row.GetString(5), out malformed),
                    MalformedSignatureCount = malformed.Count,
                    ContentAddress = row.IsDBNull(6) || row.GetString(6).Length == 0
                        ? null
                        : ContentAddress.Parse(row.GetString(6)),
                };
            }
            catch (Exception exception) when (exception is StoreException or ArgumentException)
            {
                throw new StoreException(
                    $"the database has an invalid row for path '{fullPath}': {exception.Message}", exception);
            }
        }

        return ReadReferences(path) is { } references ? info with { References = references } : null;
    }

    /// <summary>Reads signatures. Older versions of Nix let malformed ones in, which count for nothing and stay where they
    /// are.</summary>
    private static List<Signature> ParseSignatures(string text, out List<string> malformed)
    {
        List<Signature> signatures = [];
        malformed = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                signatures.Add(Signature.Parse(word));
            }
            catch (StoreException)
            {
                malformed.Add(word);
            }
        }

        return signatures;
    }

    private List<StorePath>? ReadReferences(StorePath path)
    {
        using SqliteDataReader rows = _findReferences.Query(_storeDirectory.Join(path));
        List<StorePath>? references = null;
        while (rows.Read())
        {
            references ??= [];

            // A valid path without references has one row of nothing.
            if (!rows.IsDBNull(0))
            {
                references.Add(_storeDirectory.ParsePath(rows.GetString(0)));
            }
        }

        references?.Sort();
        return references;
    }

    private List<StorePath> ReadPaths(StorePath? after, int count)
    {
        List<StorePath> paths = [];
        using SqliteDataReader rows = _listPaths.Query(after is null ? "" : _storeDirectory.Join(after), (long)count);
        while (rows.Read())
        {
            paths.Add(_storeDirectory.ParsePath(rows.GetString(0)));
        }

        return paths;
    }

    private void Insert(ValidPathInfo info, IReadOnlyDictionary<string, StorePath> outputs)
    {
        string hash = $"sha256:{info.NarHash.ToBase16()}";
        object? size = info.NarSize == 0 ? null : (long)info.NarSize;
        object? ultimate = info.Ultimate ? 1L : null;
        string? signatures = info.Signatures.Count == 0 ? null : string.Join(' ', info.Signatures);
        string? contentAddress = info.ContentAddress?.ToString();
        if (FindId(info.Path) is { } id)
        {
            _updatePath.Execute(size, hash, ultimate, signatures, contentAddress, id);
        }
        else
        {
            id = _insertPath.QueryNumber(
                _storeDirectory.Join(info.Path),
                hash,
                GetRegistrationTime(info),
                info.Deriver is null ? null : _storeDirectory.Join(info.Deriver),
                size,
                ultimate,
                signatures,
                contentAddress)!.Value;
            foreach ((string name, StorePath path) in outputs)
            {
                _insertOutput.Execute(id, name, _storeDirectory.Join(path));
            }
        }

        foreach (StorePath reference in info.References)
        {
            if (_insertReference.Execute(id, _storeDirectory.Join(reference)) == 0)
            {
                throw NotValid(reference);
            }
        }
    }

    /// <summary>Gets the time that a path says, if it says one that can be. No signature covers it, and collectors keep what was
    /// registered of late.</summary>
    private static long GetRegistrationTime(ValidPathInfo info)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return info.RegistrationTime == 0 || info.RegistrationTime > now.AddDays(1).ToUnixTimeSeconds()
            ? now.ToUnixTimeSeconds()
            : info.RegistrationTime;
    }

    private void MergeSignatures(StorePath path, IReadOnlyCollection<Signature> signatures)
    {
        string fullPath = _storeDirectory.Join(path);
        string text;
        using (SqliteDataReader row = _findSignatures.Query(fullPath))
        {
            if (!row.Read())
            {
                throw NotValid(path);
            }

            text = row.IsDBNull(0) ? "" : row.GetString(0);
        }

        SortedSet<Signature> all = [.. ParseSignatures(text, out List<string> malformed)];
        int count = all.Count;
        all.UnionWith(signatures);
        if (all.Count > count)
        {
            _updateSignatures.Execute(
                string.Join(' ', all.Select(static signature => signature.ToString()).Concat(malformed)), fullPath);
        }
    }

    private StoreException NotValid(StorePath path) => new($"path '{_storeDirectory.Join(path)}' is not valid");
}
