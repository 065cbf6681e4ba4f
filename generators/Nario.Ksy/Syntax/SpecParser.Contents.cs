using System.Numerics;
using System.Text;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>Literal bytes: <c>contents</c>, <c>terminator</c>, <c>pad-right</c>.</summary>
public sealed partial class SpecParser
{
    private ContentsSyntax? ParseContents(KeyReader keys)
    {
        if (keys.Find("contents")?.Value is not { } node)
        {
            return null;
        }

        List<byte> bytes = [];
        if (node is YamlSequence sequence)
        {
            AppendContents(sequence, bytes);
        }
        else if (node is YamlScalar scalar && PlainScalar.IsText(scalar))
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(scalar.Text));
        }
        else
        {
            _diagnostics.Report(KsyRules.WrongKind, node.Span, "'contents'", "text or a list of bytes and texts");
        }

        return new ContentsSyntax(bytes, node.Span);
    }

    /// <summary>Appends the items of a list: bytes, texts in UTF-8, and lists of these.</summary>
    private void AppendContents(YamlSequence sequence, List<byte> bytes)
    {
        foreach (YamlNode item in sequence.Items)
        {
            if (item is YamlSequence inner)
            {
                AppendContents(inner, bytes);
            }
            else if (item is YamlScalar scalar && PlainScalar.IsText(scalar))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(scalar.Text));
            }
            else if (ParseByte(item, "contents") is { } value)
            {
                bytes.Add(value);
            }
        }
    }

    /// <summary>Reads a terminator: one byte, or a list of them.</summary>
    private ContentsSyntax? ParseTerminator(KeyReader keys)
    {
        if (keys.Find("terminator")?.Value is not { } node)
        {
            return null;
        }

        IReadOnlyList<YamlNode> items = node is YamlSequence sequence ? sequence.Items : [node];
        List<byte> bytes = [];
        foreach (YamlNode item in items)
        {
            if (ParseByte(item, "terminator") is not { } value)
            {
                return null;
            }

            bytes.Add(value);
        }

        if (bytes.Count == 0)
        {
            _diagnostics.Report(KsyRules.WrongKind, node.Span, "'terminator'", "a byte or a list of at least one byte");
            return null;
        }

        return new ContentsSyntax(bytes, node.Span);
    }

    private byte? ParseByte(YamlNode node, string key)
    {
        YamlScalar? scalar = node as YamlScalar;
        if (scalar is { IsPlain: true }
            && IntegerText.TryParseSigned(scalar.Text, out BigInteger value)
            && value >= byte.MinValue
            && value <= byte.MaxValue)
        {
            return (byte)value;
        }

        string found = scalar is null ? "a list or a mapping" : DiagnosticText.Quote(scalar.Text);
        _diagnostics.Report(KsyRules.NotAByte, node.Span, $"'{key}'", found);
        return null;
    }
}
