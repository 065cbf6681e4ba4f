using System.Globalization;
using System.Text;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>M: names of directory entries, and their order.</summary>
public sealed class NarNameCases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string NameRule = "the name; any bytes but `/` and NUL, and not `.` or `..`";

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
    [
        .. Faults().SelectMany(static fault => fault.ToCases()),
        .. Kept().SelectMany(static good => good.ToCases()),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    private static IEnumerable<NarFault> Faults()
    {
        yield return OfLength("M01", 0);
        foreach ((string id, string name) in ((string, string)[])
            [
                ("M01", "."), ("M01", ".."),
                ("M02", "/"), ("M02", "a/b"), ("M02", "/abs"), ("M02", "a/"), ("M02", "../x"), ("M02", "/../../x"),
                ("M03", "\0"), ("M03", "a\0b"), ("M03", "a\0"),
            ])
        {
            Wire wire = BeforeName();
            long at = wire.Position + sizeof(ulong);
            string title = $"a name {name.Replace("\0", "NUL", StringComparison.Ordinal)}";
            yield return new NarFault(id, title, AfterName(wire.Text(name)), at, "nar/entry_body/entry/name")
                .Expects(NameRule, NarioBuilder.Quote(Encoding.Latin1.GetBytes(name)));
        }

        yield return OfLength("M04", 256);
        foreach ((string title, string first, string second) in ((string, string, string)[])
            [
                ("equal names", "a", "a"),
                ("descending names", "b", "a"),
                ("a name before its prefix", "a-b", "a"),
                ("names in the order of signed bytes", "\xff", "\x7f"),
                ("names in the order of letters", "a", "Z"),
                ("names in the order of a locale", "a", "B"),
                ("a prefix of nested names", "foo-a", "foo"),
            ])
        {
            Wire wire = BeforeName().Text(first, "node").NodeOf(new FileNode([])).Text(")", "entry");
            long at = wire.Position;
            byte[] nar = wire.Text("(", "name", second, "node").NodeOf(new FileNode([])).Text(")", ")").ToArray();
            yield return new NarFault("M11", title, nar, at, "nar/entry_body/entry/name")
                .Expects("a name after the one before it in byte order", NarioBuilder.Quote(Encoding.Latin1.GetBytes(second)));
        }
    }

    private static IEnumerable<GoodNar> Kept()
    {
        yield return Directory("M04", "a name of 255 bytes", new string('n', 255));
        yield return Directory("M05", "names that are not UTF-8", "\x80", "\xc3(", "\xff\xfe");
        yield return Directory("M06", "names that Windows does not take", "C:", "\\", "con", "nul.txt");
        yield return Directory("M07", "control characters", "\x01", "\n", "\x1b[31m", "\x7f");
        yield return Directory("M08", "two forms of one letter", "e\xcc\x81", "\xc3\xa9");
        yield return Directory("M09", "names that differ in case", "TEST", "Test", "test");
        yield return Directory("M10", "case-hack suffixes", "Test~nix~case~hack~1", "test", "test~nix~case~hack~1");
        yield return Directory("M11", "prefixes first", "a", "a\x01", "a-", "a-b", "a.b", "ab", "foo", "foo-a");
    }

    private static GoodNar Directory(string id, string title, params string[] names) => new(
        id,
        title,
        new DirectoryNode(
        [
            .. names.Select(static name => new KeyValuePair<byte[], Node>(
                Encoding.Latin1.GetBytes(name), new FileNode(Encoding.Latin1.GetBytes(name)))),
        ]));

    private static NarFault OfLength(string id, int length)
    {
        Wire wire = BeforeName();
        long at = wire.Position;
        string number = length.ToString(CultureInfo.InvariantCulture);
        return new NarFault(
            id, $"a name of {number} bytes", AfterName(wire.Text(new string('n', length))), at, "nar/entry_body/entry/length")
            .Expects("1 to 255", number);
    }

    private static Wire BeforeName() =>
        new Wire().Text(NarioBuilder.NarMagic, "(", "type", "directory", "entry", "(", "name");

    private static byte[] AfterName(Wire wire) =>
        wire.Text("node").NodeOf(new FileNode([])).Text(")", ")").ToArray();
}
