using Nario.Interop.Tests.Support;
using Nario.Store.Tests.Local;

namespace Nario.Interop.Tests;

/// <summary>Imports odd narios of which is known what a released <c>nix nario</c> makes of them.</summary>
public sealed class BadTests
{
    /// <summary>What that program accepts and this project refuses, with the reason.</summary>
    private static readonly Dictionary<string, string> RefusedHere = new()
    {
        ["v1-legacy-flag2"] = "no writer writes a marker of a signature other than 0 and 1",
        ["v1-path-doubleslash"] = "no writer writes a path that is not canonical",
        ["v1-path-trailing-slash"] = "no writer writes a path that is not canonical",
        ["v2-dup-path-differs"] = "a nario may not say two things of one path",
        ["v2-nar-deep"] = "later versions of Nix refuse more than 64 levels",
        ["v2-path-sep-not-dash"] = "later versions refuse a hash part that no dash follows",
        ["v2-sigs-badb64"] = "later versions refuse malformed signatures",
        ["v2-sigs-dup-unsorted"] = "later versions refuse malformed signatures",
        ["v2-sigs-empty"] = "later versions refuse malformed signatures",
        ["v2-sigs-garbage"] = "later versions refuse malformed signatures",
        ["v2-sigs-space"] = "later versions refuse malformed signatures",
    };

    public static TheoryData<string, bool> Summary
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (SharedVector vector in SharedVector.ReadBad())
            {
                data.Add(vector.Name, vector.IsAccepted);
            }

            return data;
        }
    }

    [InteropTheory(Needs.Shared | Needs.Nix)]
    [MemberData(nameof(Summary))]
    public void Imports_what_Nix_imports_unless_it_is_stricter(string name, bool isAcceptedThere)
    {
        byte[] nario = SharedVector.Read("bad", name);
        bool isRefusedHere = RefusedHere.ContainsKey(name);
        Assert.True(isAcceptedThere || !isRefusedHere, "the table of differences holds what is none");

        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            Assert.Equal(isAcceptedThere && !isRefusedHere, Verdict.Of(() => Engines.Import(store, nario, kind)));
            Nix.AssertEmptyOrClean(store);
        }
    }

    [InteropFact(Needs.Shared)]
    public void Differs_in_what_the_vectors_hold() =>
        Assert.Subset(
            SharedVector.ReadBad().Select(static vector => vector.Name).ToHashSet(), RefusedHere.Keys.ToHashSet());
}
