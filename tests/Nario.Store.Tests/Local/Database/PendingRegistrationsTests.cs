using Microsoft.Data.Sqlite;
using Nario.Store.Local;
using Nario.Store.Local.Database;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests.Local.Database;

/// <summary>What happens while the database is held by someone else, so that groups of paths pile up.</summary>
public sealed class PendingRegistrationsTests : IDisposable
{
    private readonly TemporaryStore _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void What_waits_behind_a_group_that_fails_is_dropped_with_it()
    {
        StorePath missing = TestStorePath.Named("missing");
        using LocalStore store = _place.Open();

        // One more than a group, so that one waits however slowly they come.
        StorePath[] paths = [.. Enumerable.Range(0, PendingRegistrations.MaxCount + 1).Select(number => TestStorePath.Named($"path-{number}"))];
        using (HoldDatabase())
        {
            foreach (StorePath path in paths)
            {
                StorePath[] references = path == paths[PendingRegistrations.MaxCount - 1] ? [missing] : [];
                Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(path, references)));
            }

            Assert.All(paths, path => Assert.True(store.IsValidPath(path)));
        }

        StoreException exception = Assert.Throws<StoreException>(store.Flush);

        Assert.Equal($"path '/nix/store/{missing}' is not valid", exception.Message);
        string[] good = [.. paths[..(PendingRegistrations.MaxCount - 1)].Select(static path => path.BaseName).Order(StringComparer.Ordinal)];
        Assert.Equal(good, _place.ListObjects());
        Assert.Equal(good, store.QueryAllValidPaths().Select(static path => path.BaseName));
        Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(paths[^1])));
        store.Flush();
        Assert.True(store.IsValidPath(paths[^1]));
    }

    [Fact]
    public void No_more_than_two_groups_pile_up()
    {
        using LocalStore store = _place.Open();
        StorePath[] paths =
            [.. Enumerable.Range(0, (2 * PendingRegistrations.MaxCount) + 1).Select(number => TestStorePath.Named($"path-{number}"))];
        int count = 0;
        RunningThread adding;
        using ManualResetEventSlim isEnd = new();
        using (HoldDatabase())
        {
            adding = RunningThread.Start(() =>
            {
                foreach (StorePath path in paths)
                {
                    Assert.True(TemporaryStore.Commit(store, TemporaryStore.MakeInfo(path)));
                    Interlocked.Increment(ref count);
                }

                isEnd.Set();
            });
            isEnd.Wait(TimeSpan.FromSeconds(1));
            Assert.InRange(Volatile.Read(ref count), 0, 2 * PendingRegistrations.MaxCount);
        }

        adding.Join();
        store.Flush();

        Assert.Equal(paths.Order(), store.QueryAllValidPaths());
    }

    [Theory]
    [InlineData(PendingRegistrations.MaxTextLength, 1)]
    [InlineData(PendingRegistrations.MaxTextLength + 1, 0)]
    public void What_holds_much_is_held_only_until_it_is_registered(int length, int expected)
    {
        using LocalStore store = _place.Open();
        string signature = Convert.ToBase64String(new byte[64]);
        string keyName = new('k', length - signature.Length - 1);
        ValidPathInfo info = TemporaryStore.MakeInfo(TestStorePath.Named("path")) with
        {
            Signatures = [Signature.Parse($"{keyName}:{signature}")],
        };
        int count = 0;
        RunningThread adding;
        using ManualResetEventSlim isEnd = new();
        using (HoldDatabase())
        {
            adding = RunningThread.Start(() =>
            {
                Assert.True(TemporaryStore.Commit(store, info));
                Interlocked.Increment(ref count);
                isEnd.Set();
            });
            isEnd.Wait(TimeSpan.FromSeconds(expected == 0 ? 0.3 : 60));
            Assert.Equal(expected, Volatile.Read(ref count));
        }

        adding.Join();
        store.Flush();

        Assert.Equal(info.Signatures, store.QueryPathInfo(info.Path)!.Signatures);
    }

    /// <summary>Keeps all others from writing to the database until it is disposed.</summary>
    private SqliteConnection HoldDatabase()
    {
        SqliteConnection connection = new($"Data Source={_place.DatabaseFile};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "begin immediate";
        command.ExecuteNonQuery();
        return connection;
    }
}
