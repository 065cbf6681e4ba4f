using Nario.Interop.Tests.Support;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Moves stores as a user without rights, since root is refused nothing.</summary>
public sealed class UnprivilegedTests
{
    public static TheoryData<string> Golden => [.. GoldenFile.Importable];

    public static TheoryData<string> Refused =>
    [
        "v2-symlink-then-dir", "v1-no-end", "v2-hash-mismatch", "v1-more-2", "v2-size-large", "v2-cut-00984",
        "v1-padding-contents",
    ];

    [RequiresTheory(Needs.Nix | Needs.Root)]
    [MemberData(nameof(Golden))]
    public void Imports_and_exports(string name) => RunAsBoth(() =>
    {
        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            GoldenScenario.ImportAndExport(store, name, kind);
        }
    });

    [RequiresFact(Needs.Nix | Needs.Root)]
    public void Moves_a_closure() => RunAsBoth(() =>
    {
        using TemporaryFolder folder = new();
        using TemporaryStore nix = new();
        using TemporaryStore ours = new();
        IReadOnlyList<string> paths = GeneratedClosure.Fill(nix, folder);
        byte[] nario = Engines.Export(nix, 1, paths);
        Assert.Equal(Nix.Export(nix, paths), nario);

        Engines.Import(ours, nario, InputKind.Pipe);

        Nix.AssertClean(ours);
        Assert.Equal(nario, Nix.Export(ours, paths));
    });

    [RequiresTheory(Needs.Nix | Needs.Root | Needs.Shared)]
    [MemberData(nameof(Refused))]
    public void Leaves_nothing_behind_after_a_refusal(string name)
    {
        byte[] nario = SharedVector.Read("hostile", name);
        RunAsBoth(() =>
        {
            foreach (InputKind kind in Enum.GetValues<InputKind>())
            {
                using TemporaryStore store = new();
                Assert.NotNull(Verdict.GetRefusal(() => Engines.Import(store, nario, kind)));
                Nix.AssertEmptyOrClean(store);
            }
        });
    }

    /// <summary>Runs as the user of the test first, which loads what the other user may not be able to read.</summary>
    private static void RunAsBoth(Action action)
    {
        action();
        OwnThread.RunAsNobody(action);
    }
}
