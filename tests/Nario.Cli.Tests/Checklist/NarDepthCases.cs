using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>D: how deep and how wide a tree may be.</summary>
public sealed class NarDepthCases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const int Deepest = 64;

    private const int ManyLevels = 1_000_000;

    private const int ManyEntries = 2_000;

    private static readonly byte[] Level =
        new Wire().Text("(", "type", "directory", "entry", "(", "name", "d", "node").ToArray();

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
    [
        .. Good().SelectMany(static good => good.ToCases()),
        .. TooDeep("D01", "65 nodes deep, a file", Wire.Nar(DirectoryNode.Nest(new FileNode([]), Deepest))),
        .. TooDeep("D01", "65 nodes deep, a directory", Wire.Nar(DirectoryNode.Nest(new DirectoryNode([]), Deepest))),
        .. TooDeep("D02", "a million levels", MakeLevels()),
        .. Wide(),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    private static IEnumerable<GoodNar> Good()
    {
        yield return new GoodNar("D01", "64 nodes deep, a file", DirectoryNode.Nest(new FileNode([1]), Deepest - 1));
        yield return new GoodNar("D01", "64 nodes deep, a directory", DirectoryNode.Nest(new DirectoryNode([]), Deepest - 1));
    }

    private static IEnumerable<ChecklistCase> TooDeep(string id, string title, byte[] nar)
    {
        long at = new Wire().Text(NarioBuilder.NarMagic).Position + (Deepest * Level.Length);
        return new NarFault(id, title, nar, at, "nar/entry_body/node").Expects("at most 64 levels of node", "one more").ToCases();
    }

    private static byte[] MakeLevels()
    {
        Wire wire = new Wire().Text(NarioBuilder.NarMagic);
        for (int level = 0; level < ManyLevels; level++)
        {
            wire.Raw(Level);
        }

        return wire.ToArray();
    }

    /// <summary>Makes a directory of many entries, the last of which comes twice.</summary>
    private static IEnumerable<ChecklistCase> Wide()
    {
        Wire wire = new Wire().Text(NarioBuilder.NarMagic, "(", "type", "directory");
        for (int number = 0; number < ManyEntries; number++)
        {
            wire.Text("entry", "(", "name", $"{number:x8}", "node").NodeOf(new FileNode([])).Text(")");
        }

        long at = wire.Text("entry").Position;
        string last = $"{ManyEntries - 1:x8}";
        byte[] nar = wire.Text("(", "name", last, "node").NodeOf(new FileNode([])).Text(")", ")").ToArray();
        return new NarFault("D03", "thousands of entries and one twice", nar, at, "nar/entry_body/entry/name")
            .Expects("a name after the one before it in byte order", $"\"{last}\"").ToCases();
    }
}
