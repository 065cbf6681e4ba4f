using System.Text;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>L: targets of symbolic links.</summary>
public sealed class NarSymlinkCases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string Length = "nar/node/symlink/length";

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
    [
        .. Faults().SelectMany(static fault => fault.ToCases()),
        .. Kept().SelectMany(static good => good.ToCases()),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    /// <summary>The link comes first and what would go through it follows under other names of the same tree.</summary>
    [Fact]
    public void L05_links_to_the_outside_are_made_and_never_followed()
    {
        byte[] outside = Encoding.UTF8.GetBytes(stores.OutsideFile);
        byte[] folder = Encoding.UTF8.GetBytes(Path.GetDirectoryName(stores.OutsideFile)!);
        Node tree = new DirectoryNode(
        [
            new("a"u8.ToArray(), new LinkNode(folder)),
            new("b"u8.ToArray(), new LinkNode(outside)),
            new("c"u8.ToArray(), new DirectoryNode([new("outside"u8.ToArray(), new LinkNode("../b"u8.ToArray()))])),
            new("d"u8.ToArray(), new LinkNode("."u8.ToArray())),
        ]);
        foreach (ChecklistCase item in new GoodNar("L05", "links to the outside", tree).ToCases())
        {
            stores.Check(item);
        }
    }

    /// <summary>What follows a link of the same name would be written where the link points to.</summary>
    [Theory]
    [InlineData("directory")]
    [InlineData("file")]
    [InlineData("link")]
    public void R04_nothing_is_written_through_a_link_of_the_same_name(string kind)
    {
        byte[] folder = Encoding.UTF8.GetBytes(Path.GetDirectoryName(stores.OutsideFile)!);
        byte[] outside = Encoding.UTF8.GetBytes(stores.OutsideFile);
        FileNode file = new("overwritten"u8.ToArray());
        Node second = kind switch
        {
            "directory" => new DirectoryNode([new("outside"u8.ToArray(), file)]),
            "file" => file,
            _ => new LinkNode("elsewhere"u8.ToArray()),
        };
        Wire wire = new Wire().Text(NarioBuilder.NarMagic, "(", "type", "directory", "entry", "(", "name", "a", "node")
            .NodeOf(new LinkNode(kind == "directory" ? folder : outside)).Text(")", "entry");
        long at = wire.Position;
        byte[] nar = wire.Text("(", "name", "a", "node").NodeOf(second).Text(")", ")").ToArray();
        NarFault fault = new NarFault("R04", kind, nar, at, "nar/entry_body/entry/name")
            .Expects("a name after the one before it in byte order", "\"a\"");
        foreach (ChecklistCase item in fault.ToCases())
        {
            stores.Check(item);
        }
    }

    private static IEnumerable<NarFault> Faults()
    {
        yield return Link("L01", "an empty target", "", Length).Expects("1 to 4095", "0");
        foreach ((string target, string found) in ((string, string)[])
            [("\0", "\"\\0\""), ("f\0g", "\"f\\0g\""), ("ff\0", "\"ff\\0\"")])
        {
            string shown = target.Replace("\0", "NUL", StringComparison.Ordinal);
            yield return Link("L02", $"a target {shown}", target, "nar/node/symlink/target", sizeof(ulong))
                .Expects("where the link points to; any bytes but NUL", found);
        }

        yield return Link("L03", "a target of 4096 bytes", new string('t', 4096), Length).Expects("1 to 4095", "4096");
    }

    private static IEnumerable<GoodNar> Kept()
    {
        foreach ((string title, string target) in ((string, string)[])
            [
                ("an absolute target", "/etc/passwd"),
                ("a target that climbs", "../../../../.."),
                ("a target that is not there", "no/such/thing"),
                ("a target of control characters and bytes that are not UTF-8", "\xff\n\x1b"),
            ])
        {
            LinkNode link = new(Encoding.Latin1.GetBytes(target));
            yield return new GoodNar("L04", title, new DirectoryNode([new("l"u8.ToArray(), link)]));
            yield return new GoodNar("L06", $"{title} of the root", link);
        }
    }

    private static NarFault Link(string id, string title, string target, string specPath, int skipped = 0)
    {
        Wire wire = new Wire().Text(NarioBuilder.NarMagic, "(", "type", "symlink", "target");
        long at = wire.Position + skipped;
        return new NarFault(id, title, wire.Text(target, ")").ToArray(), at, specPath);
    }
}
