using System.Text;
using Nario.Codec;
using Nario.Fuzz.Specifications;

namespace Nario.Fuzz.Tests;

/// <summary>The dictionary holds what the formats are made of.</summary>
public sealed class TokenDictionaryTests
{
    [Theory]
    [InlineData(Nar.NodeTypeName.Regular)]
    [InlineData(Nar.NodeTypeName.Symlink)]
    [InlineData(Nar.NodeTypeName.Directory)]
    public void Holds_the_types_of_nodes_as_they_are_written(Nar.NodeTypeName type)
    {
        byte[] token = new byte[Nar.NodeType.GetSize(type)];
        Nar.NodeType.Write(token, type);
        Assert.Contains(TokenDictionary.GetTokens(), item => item.AsSpan().SequenceEqual(token));
    }

    [Fact]
    public void Holds_no_token_twice()
    {
        IEnumerable<string> tokens = TokenDictionary.GetTokens().Select(Convert.ToHexString);
        Assert.Equal(tokens.Distinct(), tokens);
    }

    [Fact]
    public void Is_written_one_quoted_token_a_line()
    {
        using StringWriter output = new();
        TokenDictionary.Write(output);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(TokenDictionary.GetTokens().Count, lines.Length);
        Assert.All(lines, static line => Assert.Matches("^\"([-_0-9A-Za-z]|\\\\x[0-9a-f]{2})+\"$", line));
        Assert.Contains(lines, static line => line.Contains(Encoding.ASCII.GetString("NARIO2"u8), StringComparison.Ordinal));
    }
}
