using System.Text.RegularExpressions;
using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>Runs the examples of the READMEs as they stand there.</summary>
public sealed class ReadmeTests : IDisposable
{
    private const string Indent = "    ";

    private const string Prompt = $"{Indent}$ ";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => ["README.md", "src/Nario.Cli/README.md"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void The_examples_do_what_is_written(string file)
    {
        (string Line, string Output)[] examples = [.. Read(File.ReadAllLines(Path.Join(TestFiles.Repository, file)))];
        Assert.NotEmpty(examples);
        foreach (string name in (string[])["tests", "spec"])
        {
            File.CreateSymbolicLink(_folder.Join(name), Path.Join(TestFiles.Repository, name));
        }

        // One after the other in one folder, since later ones go on with what earlier ones have made.
        foreach ((string line, string output) in examples)
        {
            RunResult result = Executable.Run($"cd \"$1\" && {{ {line}; }} 2>&1", _folder.Path);

            string pattern = Regex.Escape(output).Replace("…", ".*", StringComparison.Ordinal);
            Assert.True(
                Regex.IsMatch(result.Text, $"^{pattern}$", RegexOptions.Singleline),
                $"{file}: {line}\nshould print\n{output}\nand prints\n{result.Text}");
        }
    }

    /// <summary>Gets the command lines that stand behind a prompt, with the lines below each.</summary>
    private static IEnumerable<(string Line, string Output)> Read(string[] lines)
    {
        for (int index = 0; index < lines.Length; index++)
        {
            if (lines[index].StartsWith(Prompt, StringComparison.Ordinal))
            {
                string[] output =
                [
                    .. lines.Skip(index + 1)
                        .TakeWhile(static line => line.StartsWith(Indent, StringComparison.Ordinal)
                            && !line.StartsWith(Prompt, StringComparison.Ordinal))
                        .Select(static line => line[Indent.Length..] + "\n"),
                ];
                yield return (lines[index][Prompt.Length..], string.Concat(output));
            }
        }
    }
}
