using System.Text;
using System.Text.RegularExpressions;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>Compares a store of ours with one that Nix makes, and lets Nix work on ours.</summary>
public sealed partial class NixStoreTests : IDisposable
{
    /// <summary>Nix sets it, whatever its user has; ours heeds its user.</summary>
    private const uint UmaskOfNix = 0x12;

    private const string Schema = "select type, name, tbl_name, sql from sqlite_master order by name";

    private readonly TemporaryStore _nix = new();
    private readonly TemporaryStore _ours = new();

    public void Dispose()
    {
        _nix.Dispose();
        _ours.Dispose();
    }

    [NixFact]
    public void Makes_the_same_database_as_Nix()
    {
        NixProgram.RunStore(_nix.Root, "--init");
        _ours.Open().Dispose();

        Assert.Equal(_nix.Query(Schema).Select(Normalize), _ours.Query(Schema).Select(Normalize));
        foreach (string pragma in (string[])
            ["journal_mode", "page_size", "encoding", "auto_vacuum", "user_version", "application_id"])
        {
            Assert.Equal(_nix.Query($"pragma {pragma}"), _ours.Query($"pragma {pragma}"));
        }
    }

    [NixFact]
    public void Makes_the_same_files_as_Nix()
    {
        NixProgram.RunStore(_nix.Root, "--init");
        OwnThread.RunWithUmask(UmaskOfNix, () => _ours.Open().Dispose());

        Assert.Equal(
            Describe(_nix).Where(static line => !UserFolder().IsMatch(line)), Describe(_ours));
        Assert.Equal("10", File.ReadAllText(Path.Join(_ours.State, "db/schema")));
        Assert.Equal(
            Path.Join(_ours.State, "profiles"), new FileInfo(Path.Join(_ours.State, "gcroots/profiles")).LinkTarget);
    }

    [NixFact]
    public void Registers_the_same_rows_as_Nix()
    {
        ImportGoldenIntoNix();
        CopyToOurs();

        Assert.NotEmpty(_nix.Query(StoreQueries.DerivationOutputs));
        foreach (string query in StoreQueries.All)
        {
            Assert.Equal(_nix.Query(query), _ours.Query(query));
        }
    }

    [NixFact]
    public void Adds_paths_that_Nix_finds_whole_and_collects()
    {
        ImportGoldenIntoNix();
        CopyToOurs();

        NixProgram.RunStore(_ours.Root, "--verify", "--check-contents");
        Assert.Equal(_ours.ListObjects().Count, _ours.Query("select path from ValidPaths").Count);
        NixProgram.RunStore(_ours.Root, "--gc");
        Assert.Equal([], _ours.ListObjects());
        Assert.Equal([], _ours.Query("select path from ValidPaths"));
    }

    [NixFact]
    public void Keeps_what_is_being_added_from_the_collector()
    {
        StorePath path = TestStorePath.Named("added");
        using LocalStore store = _ours.Open();
        using (IPathAddition addition = store.BeginAddition())
        {
            addition.Sink.BeginDirectory();
            NixProgram.RunStore(_ours.Root, "--gc");
            SampleTree.WriteFile(addition.Sink, "file"u8, false, "contents"u8);
            addition.Sink.EndDirectory();
            Assert.True(addition.Commit(TemporaryStore.MakeInfo(path)));
            NixProgram.RunStore(_ours.Root, "--gc");
        }

        store.Flush();
        NixProgram.RunStore(_ours.Root, "--gc");
        Assert.Equal([path.BaseName], _ours.ListObjects());
        store.Dispose();
        NixProgram.RunStore(_ours.Root, "--gc");
        Assert.Equal([], _ours.ListObjects());
    }

    [NixFact]
    public void Finds_what_Nix_adds_while_the_store_is_open()
    {
        using LocalStore store = _ours.Open();
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Join("file"), "contents");

        string fullPath = NixProgram.RunStore(_ours.Root, "--add", folder.Join("file")).Trim();

        StorePath path = store.StoreDirectory.ParsePath(fullPath);
        Assert.True(store.IsValidPath(path));
        Assert.False(TemporaryStore.Add(store, TemporaryStore.MakeInfo(path)));
        RecordingSink sink = new();
        store.ReadTree(path, sink);
        Assert.Equal([$" - {Convert.ToBase64String("contents"u8)}"], sink.Lines);
    }

    [GeneratedRegex("/per-user/[^/ ]+ ")]
    private static partial Regex UserFolder();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private static string Normalize(string sql) => Space().Replace(Comment().Replace(sql, ""), " ");

    /// <summary>Gets a line for each file of a store that is closed: its name, type, permissions, owner and size.</summary>
    private static IEnumerable<string> Describe(TemporaryStore store)
    {
        foreach (string name in TemporaryFolder.ListBelow(store.Root))
        {
            string path = Path.Join(store.Root, name);
            using FileDescriptor parent = FileDescriptor.OpenDirectory(Path.GetDirectoryName(path)!);
            Assert.True(parent.TryGetStatus(Encoding.UTF8.GetBytes(Path.GetFileName(path)), out FileStatus status));
            string size = status.Kind == FileKind.Regular ? $"{status.Size}" : "";
            yield return $"{name} {status.Kind} {status.Permissions:x} {status.UserId} {status.GroupId} {size}";
        }
    }

    private void ImportGoldenIntoNix()
    {
        foreach (string file in Directory.EnumerateFiles(TestFiles.Golden(), "*.v1.nario").Order(StringComparer.Ordinal))
        {
            NixProgram.RunStore(_nix.Root, File.ReadAllBytes(file), "--import");
        }
    }

    private void CopyToOurs()
    {
        using LocalStore source = _nix.Open();
        using LocalStore target = _ours.Open();
        foreach (StorePath path in source.QueryAllValidPaths())
        {
            Copy(source, target, path);
        }
    }

    private static void Copy(LocalStore source, LocalStore target, StorePath path)
    {
        if (target.IsValidPath(path))
        {
            return;
        }

        ValidPathInfo info = source.QueryPathInfo(path)!;
        foreach (StorePath reference in info.References.Where(reference => reference != path))
        {
            Copy(source, target, reference);
        }

        Assert.True(TemporaryStore.Add(target, info, sink => source.ReadTree(path, sink)));
    }
}
