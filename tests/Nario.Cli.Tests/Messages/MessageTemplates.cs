using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nario.Cli.Tests.Messages;

/// <summary>Finds the texts in the sources of the program and its libraries that are phrases, so that no message can be
/// forgotten. What only developers or readers of help see is left out.</summary>
internal static partial class MessageTemplates
{
    /// <summary>Errors of whoever calls a method wrongly, which no user sees.</summary>
    private static readonly HashSet<string> ProgrammingErrors =
    [
        "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "InvalidOperationException",
        "NotSupportedException", "UnreachableException", "ObjectDisposedException",
    ];

    /// <summary>What makes options, arguments and commands out of texts for help.</summary>
    private static readonly HashSet<string> HelpMakers =
        ["CommandWithExamples", "Flag.Create", "Flag.CreateWithValue", "Description", "Examples"];

    private static readonly HashSet<string> SqlWords =
        ["select", "insert", "update", "delete", "create", "pragma", "begin", "commit", "rollback", "attach"];

    /// <summary>Gets all phrases by file.</summary>
    /// <param name="folder">The folder of the sources.</param>
    internal static IEnumerable<MessageTemplate> Find(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let relative = Path.GetRelativePath(folder, file)
        where !relative.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin")
        from template in FindInText(File.ReadAllText(file))
        select template with { File = relative.Replace(Path.DirectorySeparatorChar, '/') };

    internal static IEnumerable<MessageTemplate> FindInText(string source) =>
        CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()
            .OfType<ExpressionSyntax>()
            .Where(static node => IsText(node) && !(node.Parent is BinaryExpressionSyntax parent && IsText(parent)))
            .Where(static node => !node.Ancestors().Any(IsForOthers))
            .Select(static node => new MessageTemplate("", [.. Flatten(node)]))
            .Where(static template => IsPhrase(template.Shown));

    private static bool IsText(SyntaxNode node) => node switch
    {
        InterpolatedStringExpressionSyntax => true,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && (IsText(sum.Left) || IsText(sum.Right)),
        _ => false,
    };

    private static bool IsForOthers(SyntaxNode node) => node switch
    {
        AttributeSyntax => true,
        ObjectCreationExpressionSyntax made =>
            ProgrammingErrors.Contains(made.Type.ToString()) || HelpMakers.Contains(made.Type.ToString()),
        InvocationExpressionSyntax call => HelpMakers.Contains(call.Expression.ToString()),
        AssignmentExpressionSyntax assignment => HelpMakers.Contains(assignment.Left.ToString()),
        _ => false,
    };

    /// <summary>Gets literal texts and holes in turn: first a text, then a hole, and so on; last a text.</summary>
    private static List<string> Flatten(ExpressionSyntax node)
    {
        List<string> parts = [""];
        Add(node, parts);
        return parts;
    }

    private static void Add(ExpressionSyntax node, List<string> parts)
    {
        switch (node)
        {
            case BinaryExpressionSyntax sum when IsText(sum):
                Add(sum.Left, parts);
                Add(sum.Right, parts);
                break;
            case LiteralExpressionSyntax literal when IsText(literal):
                parts[^1] += literal.Token.ValueText;
                break;
            case InterpolatedStringExpressionSyntax text:
                foreach (InterpolatedStringContentSyntax content in text.Contents)
                {
                    if (content is InterpolationSyntax hole)
                    {
                        parts.AddRange([NameOf(hole.Expression.ToString()), ""]);
                    }
                    else
                    {
                        parts[^1] += ((InterpolatedStringTextSyntax)content).TextToken.ValueText;
                    }
                }

                break;
            default:
                parts.AddRange([NameOf(node.ToString()), ""]);
                break;
        }
    }

    /// <summary>Gets a short name of what is put into a hole.</summary>
    private static string NameOf(string expression)
    {
        while (Call().Match(expression) is { Success: true } call)
        {
            expression = call.Groups[1].Value;
        }

        return Name().IsMatch(expression) ? expression[(expression.LastIndexOf('.') + 1)..].TrimStart('_') : "…";
    }

    private static bool IsPhrase(string text) =>
        Phrase().IsMatch(text) && !SqlWords.Contains(text.TrimStart().Split(' ', '\n')[0].ToLowerInvariant());

    [GeneratedRegex(@"^[\w.]+\(([^(),]*|[\w.]+\([^(),]*\))\)$")]
    private static partial Regex Call();

    [GeneratedRegex(@"^[\w.]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"[a-z]{2,}[,:;']? [a-z'‹(]|[›'] [a-z]{2,}")]
    private static partial Regex Phrase();
}
