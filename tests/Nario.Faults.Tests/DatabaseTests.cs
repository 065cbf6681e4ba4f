using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Imports while somebody else has the database, and into stores of another schema.</summary>
public sealed class DatabaseTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly FaultStore _store = new();

    public static TheoryData<string> Locks => ["begin immediate", "begin exclusive"];

    public void Dispose() => _store.Dispose();

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S04")]
    [MemberData(nameof(Locks))]
    public void S04_waits_for_a_database_that_is_locked(string text)
    {
        MakeEmpty();
        using SqliteConnection connection = Connect();
        Execute(connection, text);
        using Process process = _store.StartImport(2, InputKind.File);
        Assert.False(process.WaitForExit(Moment), "the import has not waited");
        Assert.Empty(_store.ListRegistered());

        Execute(connection, "commit");

        ProgramResult result = ProcessEnd.Await(process);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        connection.Close();
        _store.AssertComplete();
    }

    [RequiresFact(Needs.Nix)]
    [Trait("Checklist", "S04")]
    public void S04_waits_for_a_database_that_is_locked_again_and_again()
    {
        MakeEmpty();
        using SqliteConnection connection = Connect();
        using Process process = _store.StartImport(1, InputKind.File);
        while (!process.HasExited)
        {
            Execute(connection, "begin immediate");
            Thread.Sleep(20);
            Execute(connection, "commit");
            Thread.Sleep(1);
        }

        ProgramResult result = ProcessEnd.Await(process);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        connection.Close();
        _store.AssertComplete();
    }

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S04")]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void S04_can_be_ended_while_it_waits_for_the_database(string signal)
    {
        MakeEmpty();
        using (SqliteConnection connection = Connect())
        {
            Execute(connection, "begin immediate");
            using Process process = _store.StartImport(2, InputKind.File);
            Assert.False(process.WaitForExit(Moment), "the import has not waited");
            Signal.Send(process, signal);

            ProgramResult result = ProcessEnd.Await(process);

            Assert.Equal((130, "error: interrupted by the user\n"), (result.ExitCode, result.Errors));
            Execute(connection, "commit");
        }

        Assert.Empty(_store.ListRegistered());
        _store.AssertRecovers(2, InputKind.File);
    }

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S06")]
    [InlineData("11")]
    [InlineData("9")]
    [InlineData("")]
    public void S06_leaves_a_store_of_another_schema_alone(string schema)
    {
        MakeEmpty();
        string file = _store.Join("nix/var/nix/db/schema");
        File.WriteAllText(file, schema);

        ProcessEnd.AssertFailure(
            _store.Import(2, InputKind.File), schema.Length == 0 ? "[^\n]* is corrupt: [^\n]*" : $"the store has schema {schema}, [^\n]*");

        Assert.Empty(_store.ListObjects());
        File.WriteAllText(file, "10");
        _store.AssertRecovers(2, InputKind.File);
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private void MakeEmpty()
    {
        ProgramResult result = _store.ImportFrom(new byte[8]);
        Assert.Equal((0, "warning: the nario holds no paths\n"), (result.ExitCode, result.Errors));
        Assert.True(_store.IsMade);
    }

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={_store.Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
