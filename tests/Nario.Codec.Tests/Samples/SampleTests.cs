using System.Security.Cryptography;
using System.Text;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;
using Nario.Codec.Tests.Vectors;
using Nario.Testing;

namespace Nario.Codec.Tests.Samples;

/// <summary>What the samples print of the golden narios.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Cases => GoldenNarioTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_list_is_that_of_nix(string name)
    {
        string expected = File.ReadAllText(TestFiles.Golden($"{name}.list.txt"));
        using StringWriter fromFile = new() { NewLine = "\n" };
        ListSample.List(File.OpenRead(TestFiles.Golden($"{name}.nario")), fromFile);
        Assert.Equal(expected, fromFile.ToString());
        using StringWriter fromPipe = new() { NewLine = "\n" };
        ListSample.List(new ForwardStream(File.ReadAllBytes(TestFiles.Golden($"{name}.nario")), 77), fromPipe);
        Assert.Equal(expected, fromPipe.ToString());
    }

    [Theory]
    [InlineData("02-file-flat.v1")]
    [InlineData("07-tree.v2")]
    [InlineData("09-closure.v1")]
    [InlineData("09-closure.v2")]
    public void Files_are_hashed_with_their_names(string name)
    {
        List<string> expected = [];
        using NarioReader reader = NarioReader.Open(File.OpenRead(TestFiles.Golden($"{name}.nario")));
        while (reader.Read())
        {
            Collect(TreeSink.Read(reader.Nar), "", expected);
        }

        using StringWriter output = new() { NewLine = "\n" };
        HashSample.Hash(File.OpenRead(TestFiles.Golden($"{name}.nario")), output);
        Assert.NotEmpty(expected);
        Assert.Equal(string.Concat(expected), output.ToString());
    }

    private static void Collect(Node node, string name, List<string> lines)
    {
        switch (node)
        {
            case FileNode file:
                lines.Add($"{Convert.ToHexStringLower(SHA256.HashData(file.Contents))}  {name}\n");
                break;
            case DirectoryNode directory:
                foreach ((byte[] entry, Node child) in directory.Entries)
                {
                    string text = Encoding.UTF8.GetString(entry);
                    Collect(child, name.Length == 0 ? text : $"{name}/{text}", lines);
                }

                break;
        }
    }
}
