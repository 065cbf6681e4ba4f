using Microsoft.Data.Sqlite;

namespace Nario.Store.Local.Database;

/// <summary>One prepared statement of a store's database, used again and again.</summary>
internal sealed class DatabaseStatement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>Makes a statement; it is prepared when it first runs.</summary>
    /// <param name="connection">The open database.</param>
    /// <param name="text">One statement.</param>
    /// <param name="parameters">The names of its parameters, with <c>$</c>, in the order in which values are
    /// given.</param>
    public DatabaseStatement(SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
        foreach (string parameter in parameters)
        {
            _command.Parameters.Add(new SqliteParameter(parameter, DBNull.Value));
        }
    }

    /// <summary>Runs the statement for its effect.</summary>
    /// <param name="values">The values of its parameters; null stands for NULL.</param>
    /// <returns>How many rows it has changed.</returns>
    public int Execute(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    /// <summary>Runs the statement for one number.</summary>
    /// <param name="values">The values of its parameters; null stands for NULL.</param>
    /// <returns>The first column of the first row, or null when there is no row.</returns>
    public long? QueryNumber(params ReadOnlySpan<object?> values) => (long?)Bind(values).ExecuteScalar();

    /// <summary>Runs the statement for its rows.</summary>
    /// <param name="values">The values of its parameters; null stands for NULL.</param>
    /// <returns>The rows; must be disposed before the statement runs again.</returns>
    public SqliteDataReader Query(params ReadOnlySpan<object?> values) => Bind(values).ExecuteReader();

    /// <summary>Frees the statement.</summary>
    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return _command;
    }
}
