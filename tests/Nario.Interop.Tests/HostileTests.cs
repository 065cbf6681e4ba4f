using Nario.Interop.Tests.Support;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Reads narios that were made to do harm.</summary>
public sealed class HostileTests
{
    /// <summary>What an import says of faults that a reader does not see that computes no hash and has no store.</summary>
    private static readonly Difference[] SeenByImportOnly =
    [
        new("hash mismatch importing path", "a list shows the hash that the nario states"),
        new("claims to be content-addressed but isn't", "a list shows the address that the nario states"),
        new(
            "which is neither in the store nor earlier in this nario [(]",
            "a list knows no store that may have what is missing"),
    ];

    public static TheoryData<string, bool> Manifest
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (SharedVector vector in SharedVector.ReadHostile())
            {
                data.Add(vector.Name, vector.IsAccepted);
            }

            return data;
        }
    }

    [RequiresTheory(Needs.Shared | Needs.Nix)]
    [MemberData(nameof(Manifest))]
    public void Gives_the_verdict_of_the_manifest_in_every_mode(string name, bool isAccepted)
    {
        byte[] nario = SharedVector.Read("hostile", name);

        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            string? refusal = Verdict.GetRefusal(() => Engines.Import(store, nario, kind));
            Assert.Equal(isAccepted, refusal is null);
            Nix.AssertEmptyOrClean(store);
            bool isListed = isAccepted || Difference.Explains(SeenByImportOnly, refusal);
            Assert.Equal(isListed, Verdict.GetRefusal(() => Engines.List(nario, kind)) is null);
            Assert.Equal(isListed, Verdict.GetRefusal(() => Engines.List(nario, kind, isJson: true)) is null);
        }
    }
}
