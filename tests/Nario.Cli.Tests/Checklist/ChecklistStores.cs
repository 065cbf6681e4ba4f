using Nario.Cli.Tests.Support;
using Nario.Codec;
using Nario.Codec.Tests.Framing;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests.Checklist;

/// <summary>Runs cases of the checklist in every mode, and looks at what they leave behind.</summary>
public sealed class ChecklistStores : IDisposable
{
    private const string Kept = "kept";

    /// <summary>The file on which imports and the collector wait for each other; it stays, as with Nix.</summary>
    private const string CollectorLock = "nix/var/nix/gc.lock";

    /// <summary>No test pulls the plug, so nothing waits for the disk.</summary>
    private static readonly FakeHost Host = new() { Files = { ["/etc/nix/nix.conf"] = "fsync-metadata = false" } };

    private static readonly string[] FormsOfList = [""];

    private static readonly string[] FormsOfTree = ["-R", "-lR"];

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<string> _stateFiles;
    private TemporaryStore? _used;
    private TemporaryStore? _holding;

    public ChecklistStores()
    {
        File.WriteAllText(OutsideFile, Kept);
        using TemporaryStore empty = new();
        Assert.Equal(ExitCodes.Success, Import(empty, new MemoryStream(new byte[8]), []).ExitCode);
        _stateFiles = ListState(empty);
    }

    /// <summary>Gets a file that no import may touch.</summary>
    internal string OutsideFile => _folder.Join("outside");

    /// <summary>Gets the file that an input is read from.</summary>
    private string InputFile => _folder.Join("input.nario");

    public void Dispose()
    {
        _used?.Dispose();
        _holding?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Expects every mode to say of a case what the case says.</summary>
    internal void Check(ChecklistCase item)
    {
        File.WriteAllBytes(InputFile, item.Nario);
        CheckReader(item);
        foreach (bool isFile in (bool[])[true, false])
        {
            foreach (string form in FormsOfList)
            {
                CheckList(item, isFile, item.Plain, form);
            }

            foreach (string form in FormsOfTree)
            {
                CheckList(item, isFile, item.Tree, form);
            }

            CheckList(item, isFile, item.Json ?? item.Plain, "--json");
            CheckList(item, isFile, item.Json ?? item.Tree, "--json", "-R");

            using (TemporaryStore fresh = new())
            {
                CheckImport(item, isFile, fresh, item.Import, item.ImportWarning, item.Registered, "a fresh store");
            }

            _used ??= MakeUsed();
            CheckImport(item, isFile, _used, item.Import, item.ImportWarning, item.Registered, "a used store");
            Renew(ref _used, item);
            _holding ??= MakeHolding();
            CheckImport(item, isFile, _holding, item.Again, null, item.RegisteredAgain ?? item.Registered, "a store that has the path");
            Renew(ref _holding, item);
        }
    }

    /// <summary>Expects a nario that has been cut off to be refused in every mode, with nothing left.</summary>
    /// <param name="nario">Its bytes, at least one path of which is not whole.</param>
    internal void CheckTruncated(byte[] nario)
    {
        ChecklistCase item = new("N08", $"cut after {nario.Length} bytes", nario);
        _used ??= MakeUsed();
        IReadOnlyList<string> before = ListPaths(_used);
        foreach (bool isFile in (bool[])[true, false])
        {
            foreach (string form in (string[])["-R", "-lR", "--json"])
            {
                using Stream input = Open(isFile, item);
                CheckIsCut(item, new InProcess { Input = input }.Run("list", form));
            }

            CheckIsCut(item, Import(_used, Open(isFile, item), item.Options));
        }

        CheckStore(item, _used, before, [], "import");
    }

    private static void CheckIsCut(ChecklistCase item, RunResult result)
    {
        string place = item.Nario.Length < sizeof(ulong)
            ? item.Nario.Length == 0
                ? "the input is empty, so it is no nario"
                : $@"unexpected end-of-file \(offset {item.Nario.Length}\)"
            : @"(entry [12]|path '/nix/store/[^']+'): unexpected end-of-file \(offset [0-9]+, [a-z0-9_/]+\)";
        Assert.Matches($"^error: {place}\n$", result.Errors);
        Assert.Equal(ExitCodes.Failure, result.ExitCode);
    }

    private static void Renew(ref TemporaryStore? store, ChecklistCase item)
    {
        if (item.Registered.Count > 0 || item.RegisteredAgain is not null)
        {
            store!.Dispose();
            store = null;
        }
    }

    /// <summary>Makes a store that has some paths, which the cases may refer to.</summary>
    private static TemporaryStore MakeUsed()
    {
        TemporaryStore store = new();
        Import(
            store, File.OpenRead(TestFiles.Golden("09-closure.v2.nario")), ["--no-check-sigs"]).AssertSuccess();
        return store;
    }

    /// <summary>Makes a store in which the path of the cases is valid, with contents of its own.</summary>
    private static TemporaryStore MakeHolding()
    {
        TemporaryStore store = new();
        byte[] nario = NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.HeldNar));
        Import(store, new MemoryStream(nario), ["--no-check-sigs"]).AssertSuccess();
        return store;
    }

    private static RunResult Import(TemporaryStore store, Stream input, IEnumerable<string> options)
    {
        using (input)
        {
            return new InProcess { Input = input, Host = Host }.Run(["import", "--store", store.Root, .. options]);
        }
    }

    private static void CheckReader(ChecklistCase item)
    {
        Verdict verdict = NarioModes.Read(item.Nario);
        string? said = verdict switch
        {
            { IsAccepted: true } => null,
            { Expected: "a nario", Found: "something else" } => "input doesn't look like a nario",
            { Expected: "a nario", Found: ['a', ' ', ..] } =>
                $"input doesn't look like a nario: it looks like {verdict.Found}",
            { Expected: "a nario" } =>
                $"input doesn't look like a nario: it looks compressed with {verdict.Found}; decompress it first",
            _ => new NarioFormatException(
                verdict.Offset,
                verdict.SpecPath,
                verdict.Expected,
                verdict.Found,
                verdict.IsTruncated,
                verdict.IsUnsupported).Message,
        };
        AssertSays(item.Framing, said, item, "the reader");
    }

    private static void CheckList(ChecklistCase item, bool isFile, string? error, params string[] form)
    {
        using Stream input = Open(isFile, item);
        string[] options = [.. form.Where(static option => option.Length > 0)];
        RunResult result = new InProcess { Input = input }.Run(["list", .. options]);
        string mode = $"list {string.Join(' ', options)} of {Describe(isFile)}";
        CheckResult(item, result, error, error is null ? item.GetEndWarnings(isFile) : [], mode);
        if (error is not null && form.Contains("--json"))
        {
            Assert.Empty(result.Output);
        }
    }

    private void CheckImport(
        ChecklistCase item,
        bool isFile,
        TemporaryStore store,
        string? error,
        string? warning,
        IReadOnlyList<string> registered,
        string what)
    {
        string mode = $"import from {Describe(isFile)} into {what}";
        bool isThere = Directory.Exists(store.Root);
        IReadOnlyList<string> before = isThere ? ListPaths(store) : [];
        string[] file = isFile ? [InputFile] : [];
        RunResult result = Import(store, isFile ? Stream.Null : Open(isFile, item), [.. item.Options, .. file]);
        IEnumerable<string?> warnings = [warning, .. error is null ? item.GetEndWarnings(isFile) : []];
        CheckResult(item, result, isFile ? NameFile(error) : error, warnings, mode);
        Assert.Empty(result.Output);
        CheckStore(item, store, before, registered, mode);
    }

    /// <summary>Gets what is said of a file that is named, where it is no nario from the start.</summary>
    private string? NameFile(string? error) =>
        error is null ? null :
        error.StartsWith("input ", StringComparison.Ordinal) ? $"'{InputFile}' {error["input ".Length..]}" :
        error.StartsWith("the input ", StringComparison.Ordinal) ? $"'{InputFile}' {error["the input ".Length..]}" :
        error.StartsWith("unexpected end", StringComparison.Ordinal) ? $"'{InputFile}': {error}" :
        error;

    /// <summary>Expects nothing to be left of what was not registered, and what was registered to be whole.</summary>
    private void CheckStore(
        ChecklistCase item,
        TemporaryStore store,
        IReadOnlyList<string> before,
        IReadOnlyList<string> registered,
        string mode)
    {
        Assert.Equal(Kept, File.ReadAllText(OutsideFile));
        Assert.Equal(["input.nario", "outside"], _folder.List());
        if (!Directory.Exists(store.Root))
        {
            Assert.Empty(registered);
            return;
        }

        IReadOnlyList<string> after = ListPaths(store);
        string[] names =
            [.. after.Select(static row => row[NarioBuilder.StorePrefix.Length..row.IndexOf('|', StringComparison.Ordinal)])];
        string[] added =
            [.. registered.Where(name => !before.Any(row => row.StartsWith($"/nix/store/{name}|", StringComparison.Ordinal)))];
        Assert.True(before.All(after.Contains), $"{item}, {mode}: what was registered has changed");
        Assert.Equal(before.Count + added.Length, after.Count);
        Assert.Equal([], added.Except(names));
        Assert.Equal(names, store.ListObjects());
        Assert.Equal(_stateFiles, ListState(store));
        if (added.Length == 0)
        {
            return;
        }

        // An export compares each tree with its hash in the database.
        byte[] exported = new InProcess().Run("export", "--format", "1", "--all", "--store", store.Root).AssertSuccess();
        Assert.True(item.Nar is null || exported.AsSpan().IndexOf(item.Nar) >= 0, $"{item}, {mode}: another NAR");
    }

    /// <summary>Gets all that the database says of paths.</summary>
    private static IReadOnlyList<string> ListPaths(TemporaryStore store) =>
        store.Query(
            "select path, hash, registrationTime, deriver, narSize, ultimate, sigs, ca, "
            + "(select group_concat(reference) from Refs where referrer = id) from ValidPaths order by path");

    /// <summary>Gets the names of all files of a store that are no store objects.</summary>
    private static List<string> ListState(TemporaryStore store) =>
    [
        .. TemporaryFolder.ListBelow(store.Root).Where(static path =>
            !path.StartsWith("nix/store/", StringComparison.Ordinal)
            && !path.StartsWith("nix/var/nix/db/db.sqlite-", StringComparison.Ordinal)
            && path != CollectorLock),
    ];

    private static void CheckResult(
        ChecklistCase item, RunResult result, string? error, IEnumerable<string?> warnings, string mode)
    {
        string expected = string.Concat(
            warnings.Where(static warning => warning is not null).Select(static warning => $"warning: {warning}\n"))
            + (error is null ? "" : $"error: {error}\n");
        AssertSays(expected, result.Errors, item, mode);
        Assert.Equal(error is null ? ExitCodes.Success : ExitCodes.Failure, result.ExitCode);
        Assert.DoesNotContain('\n', error ?? "");
    }

    private static void AssertSays(string? expected, string? actual, ChecklistCase item, string mode) =>
        Assert.True(expected == actual, $"{item}\n{mode} should say: {expected ?? "nothing"}\nand it says:   {actual ?? "nothing"}");

    private static string Describe(bool isFile) => isFile ? "a file" : "a pipe";

    private static Stream Open(bool isFile, ChecklistCase item) =>
        isFile ? new MemoryStream(item.Nario) : new PipeStream(item.Nario);
}
