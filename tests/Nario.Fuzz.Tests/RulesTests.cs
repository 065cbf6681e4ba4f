using Nario.Fuzz.Reading;
using Nario.Fuzz.Rules;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Tests;

/// <summary>The seeds that break rules of the specifications, and what reads by the text of the specifications.</summary>
public sealed class RulesTests
{
    private static readonly byte[][] Seeds = [.. new RulesHarness().GetSeeds(new Samples())];

    [Fact]
    public void Every_rule_of_the_specifications_is_broken_by_a_seed()
    {
        string[] rules =
        [
            .. from type in SpecType.All
               from field in type.Syntax.Sequence
               from rule in SpecInterpreter.ListRules(field)
               select $"{type.Name}/{field.Id!.Text}: {rule}",
        ];
        HashSet<string> broken =
        [
            .. from seed in Seeds
               let rule = Read(seed)
               where rule is not null
               select $"{rule.Type.Name}/{rule.Field.Id!.Text}: {rule.Rule}",
        ];
        Assert.NotEmpty(rules);
        Assert.Empty(rules.Except(broken));
    }

    [Theory]
    [InlineData("0d00000000000000", "nar/magic: complete")]
    [InlineData("0e", "nar/magic: contents")]
    [InlineData("01000000000000000c", "nar/magic: contents")]
    [InlineData("4e4152494f3200000200000000000000", "nario_v2/entry/tag: any of")]
    [InlineData("4e4152494f3200000100000000000000210000000000000041", "nix_wire/str/length: minimum")]
    [InlineData("4e4152494f3200000000000000000000", null)]
    public void The_first_broken_rule_is_named(string input, string? expected)
    {
        BrokenRule? rule = Read(Convert.FromHexString(input));
        Assert.Equal(expected, rule is null ? null : $"{rule.Type.Name}/{rule.Field.Id!.Text}: {rule.Rule}");
    }

    [Fact]
    public void A_reader_that_accepts_what_breaks_a_rule_is_found()
    {
        byte[] nar = Seeds.First(static seed => ArchiveKinds.Guess(seed) == ArchiveKind.Nar && Read(seed) is null);
        byte[] broken = [.. nar];
        broken[^1] ^= 1;
        Assert.Equal("contents", Read(broken)!.Rule);
        Assert.Null(Record.Exception(() => new RulesHarness().Run(broken)));
        Assert.Contains(
            "a broken rule is not noticed",
            Assert.Throws<FindingException>(
                () => RulesHarness.Compare(Read(broken), broken.Length, null, broken.Length, passesOver: false)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_tells_of_each_file_what_becomes_of_it()
    {
        string folder = Directory.CreateTempSubdirectory("nario-fuzz-test-").FullName;
        try
        {
            File.WriteAllBytes(Path.Join(folder, "good"), Convert.FromHexString("4e4152494f3200000000000000000000"));
            File.WriteAllBytes(Path.Join(folder, "bad"), Convert.FromHexString("4e4152494f3200000500000000000000"));
            (int code, string output, string errors) = FuzzProgram.Run("replay", "nario", folder);
            Assert.Equal((0, ""), (code, errors));
            Assert.Equal(
                $"""
                {folder}/bad: refused: expected 0 (end) or 1 (path), found 5 (offset 8, nario_v2/entry/tag)
                {folder}/good: accepted
                nario: 2 inputs, 0 findings

                """,
                output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("error: there is no file or folder '/no/such/file'", "replay", "nar", "/no/such/file")]
    [InlineData("error: there is no harness 'ran'", "replay", "ran", "/")]
    [InlineData("usage: ", "replay", "nar")]
    [InlineData("usage: ", "collect", "nar", "/tmp")]
    public void Replay_needs_files_that_are_there(string message, params string[] arguments)
    {
        (int code, string output, string errors) = FuzzProgram.Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
    }

    private static BrokenRule? Read(byte[] input) =>
        SpecInterpreter.Read(RulesHarness.GetType(ArchiveKinds.Guess(input)), input, out _);
}
