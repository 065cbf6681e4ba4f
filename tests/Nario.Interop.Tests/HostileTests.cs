using Nario.Interop.Tests.Support;
using Nario.Store.Tests.Local;

namespace Nario.Interop.Tests;

/// <summary>Reads narios that were made to do harm.</summary>
public sealed class HostileTests
{
    /// <summary>What the nario alone cannot show: whether a hash or a content address is that of the NAR.</summary>
    private static readonly string[] SeenByImportOnly = ["v2-hash-mismatch", "v2-ca-mismatch"];

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

    [InteropTheory(Needs.Shared | Needs.Nix)]
    [MemberData(nameof(Manifest))]
    public void Gives_the_verdict_of_the_manifest_in_every_mode(string name, bool isAccepted)
    {
        byte[] nario = SharedVector.Read("hostile", name);

        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            Assert.Equal(isAccepted, Verdict.Of(() => Engines.Import(store, nario, kind)));
            Nix.AssertEmptyOrClean(store);
            bool isListed = isAccepted || SeenByImportOnly.Contains(name);
            Assert.Equal(isListed, Verdict.Of(() => Engines.List(nario, kind)));
            Assert.Equal(isListed, Verdict.Of(() => Engines.List(nario, kind, isJson: true)));
        }
    }
}
