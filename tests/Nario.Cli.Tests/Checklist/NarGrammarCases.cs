using System.Text;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>G: tokens of NARs that are missing, repeated, unknown or out of order.</summary>
public sealed class NarGrammarCases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string Types = "\"regular\", \"symlink\" or \"directory\"";

    private const string FileTags = "\"executable\" or \"contents\"";

    private const string EntryTags = "\"entry\" or \")\"";

    private static readonly string[] File = ["(", "type", "regular", "contents", "", ")"];

    private static readonly string[] Entry = ["(", "type", "directory", "entry"];

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
    [
        .. Faults().SelectMany(static fault => fault.ToCases()),
        .. TokensAsNames().SelectMany(static good => good.ToCases()),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    private static IEnumerable<NarFault> Faults()
    {
        yield return NarFault.OfTokens("G01", "no parenthesis before the type", "nar/node/open", "|", "type", "regular")
            .ExpectsTokens("(", "type");
        yield return NarFault.OfTokens("G01", "two parentheses before the type", "nar/node/open", ["|", "(", .. File])
            .ExpectsTokens("(", "type");
        yield return NarFault.OfTokens(
            "G01", "no parenthesis after contents", "nar/regular/close", [.. File[..^1], "|", "(", "type"])
            .ExpectsTokens(")");
        yield return NarFault.OfTokens(
            "G01", "no parenthesis after a target", "nar/node/symlink/close", "(", "type", "symlink", "target", "a", "|", "(")
            .ExpectsTokens(")");
        yield return NarFault.OfTokens(
            "G01", "no parenthesis after an entry", "nar/entry_body/close", [.. Entry, "(", "name", "a", "node", .. File, "|", "entry"])
            .ExpectsTokens(")");
        yield return NarFault.OfTokens(
            "G02", "type twice", "nar/regular/file/tag/name", "(", "type", "regular", "|8", "type", "regular", ")")
            .Expects(FileTags, "\"type\"");
        yield return NarFault.OfTokens(
            "G02", "type of a link twice", "nar/node/symlink/key", "(", "type", "symlink", "|", "type", "symlink")
            .ExpectsTokens("target");
        yield return NarFault.OfTokens(
            "G02", "type of a directory twice", "nar/entry/tag/name", "(", "type", "directory", "|8", "type", "directory", ")")
            .Expects(EntryTags, "\"type\"");
        foreach (string type in (string[])["regula", "Regular", "socket", "fifo"])
        {
            yield return NarFault.OfTokens("G03", $"type {type}", "nar/node/type/name", "(", "type", "|8", type, ")")
                .Expects(Types, $"\"{type}\"");
        }

        yield return NarFault.OfTokens("G03", "type of no bytes", "nar/node/type/name", "(", "type", "|8", "", ")")
            .Expects(Types, "nothing");
        yield return NarFault.OfTokens("G03", "type with a zero byte", "nar/node/type/name", "(", "type", "|8", "regular\0", ")")
            .Expects(Types, "\"regular\\0\"");
        yield return NarFault.OfTokens(
            "G04", "executable with a value", "nar/regular/file/marker", "(", "type", "regular", "executable", "|", "x", "contents", "")
            .ExpectsTokens("", "contents");
        yield return NarFault.OfTokens(
            "G04", "executable twice", "nar/regular/file/marker", "(", "type", "regular", "executable", "|", "", "executable", "")
            .ExpectsTokens("", "contents");
        yield return NarFault.OfTokens(
            "G05", "executable after contents", "nar/regular/close", [.. File[..^1], "|", "executable", "", ")"])
            .ExpectsTokens(")");
        yield return NarFault.OfTokens(
            "G06", "contents twice", "nar/regular/close", [.. File[..^1], "|", "contents", "y", ")"])
            .ExpectsTokens(")");
        yield return NarFault.OfTokens(
            "G07", "no contents", "nar/regular/file/tag/name", "(", "type", "regular", "|8", ")")
            .Expects(FileTags, "\")\"");
        yield return NarFault.OfTokens(
            "G07", "an executable without contents", "nar/regular/file/marker", "(", "type", "regular", "executable", "|", "", ")", ")", ")")
            .ExpectsTokens("", "contents");
        yield return NarFault.OfTokens(
            "G08", "node before name", "nar/entry_body/entry/open", [.. Entry, "|", "(", "node", .. File, "name", "a", ")", ")"])
            .ExpectsTokens("(", "name");
        yield return NarFault.OfTokens(
            "G08", "name without node", "nar/entry_body/entry/key", [.. Entry, "(", "name", "a", "|", ")", ")", ")"])
            .ExpectsTokens("node");
        foreach (string tag in (string[])["node", "Entry", "("])
        {
            yield return NarFault.OfTokens(
                "G09", $"{tag} in a directory", "nar/entry/tag/name", "(", "type", "directory", "|8", tag, "", ")")
                .Expects(EntryTags, $"\"{tag}\"");
        }

        yield return NarFault.OfTokens("G11", "a node without a type", "nar/node/type/name", "(", "type", "|8", ")", ")")
            .Expects(Types, "\")\"");
        yield return NarFault.OfTokens(
            "G12", "a field after a target", "nar/node/symlink/close", "(", "type", "symlink", "target", "a", "|", "target", "b", ")")
            .ExpectsTokens(")");
        yield return NarFault.OfTokens(
            "G12", "a field before a target", "nar/node/symlink/key", "(", "type", "symlink", "|", "executable", "", "target", "a")
            .ExpectsTokens("target");
    }

    private static IEnumerable<GoodNar> TokensAsNames()
    {
        foreach (string name in (string[])[")", "entry", "(", "node", "nix-archive-1"])
        {
            byte[] bytes = Encoding.ASCII.GetBytes(name);
            yield return new GoodNar(
                "G10",
                $"a name {name}",
                new DirectoryNode([new(bytes, new DirectoryNode([new(bytes, new LinkNode(bytes))]))]));
        }
    }
}
