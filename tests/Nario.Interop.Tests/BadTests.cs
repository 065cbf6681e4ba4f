using Nario.Interop.Tests.Support;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Imports odd narios of which is known what a released <c>nix nario</c> makes of them.</summary>
public sealed class BadTests
{
    /// <summary>What this project says of what that program accepts.</summary>
    private static readonly Difference[] StricterHere =
    [
        new("nario_v1/path_info/signature/tag", "no writer writes a marker of a signature other than 0 and 1"),
        new("expected a path in /nix/store, found", "no writer writes a path that is not canonical"),
        new("contains illegal character '/' ", "no writer writes a path that is not canonical"),
        new("twice and says different things of it ", "a nario may not say two things of one path"),
        new("at most 64 levels", "later versions of Nix refuse more than 64 levels"),
        new("the hash part is not followed by a '-' ", "later versions refuse a hash part that no dash follows"),
        new(": signature '.*' is malformed", "later versions refuse malformed signatures"),
    ];

    /// <summary>Narios that must be refused here for one of these reasons.</summary>
    private static readonly string[] RefusedHere =
    [
        "v1-legacy-flag2", "v1-path-doubleslash", "v1-path-trailing-slash", "v2-dup-path-differs", "v2-nar-deep",
        "v2-path-sep-not-dash", "v2-sigs-badb64", "v2-sigs-empty", "v2-sigs-garbage",
        "v2-sigs-space",
    ];

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

    [RequiresTheory(Needs.Shared | Needs.Nix)]
    [MemberData(nameof(Summary))]
    public void Imports_what_Nix_imports_unless_it_is_stricter(string name, bool isAcceptedThere)
    {
        byte[] nario = SharedVector.Read("bad", name);

        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            string? refusal = Verdict.GetRefusal(() => Engines.Import(store, nario, kind));
            Nix.AssertEmptyOrClean(store);
            if (!isAcceptedThere || RefusedHere.Contains(name))
            {
                Assert.NotNull(refusal);
            }

            Assert.True(!isAcceptedThere || refusal is null || Difference.Explains(StricterHere, refusal), refusal);
        }
    }

    [RequiresFact(Needs.Shared)]
    public void Differs_in_what_the_vectors_hold() =>
        Assert.Subset(
            SharedVector.ReadBad()
                .Where(static vector => vector.IsAccepted).Select(static vector => vector.Name).ToHashSet(),
            RefusedHere.ToHashSet());
}
