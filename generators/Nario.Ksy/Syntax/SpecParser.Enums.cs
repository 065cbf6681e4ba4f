using System.Numerics;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>What stands under <c>enums</c>.</summary>
public sealed partial class SpecParser
{
    private List<EnumSyntax> ParseEnums(KeyReader type)
    {
        List<EnumSyntax> enums = [];
        foreach (YamlEntry entry in type.Entries("enums"))
        {
            Identifier? name = ParseName(entry.Key, "name of an enumeration");
            if (KeyReader.MappingOf(entry.Value, DiagnosticText.Quote(entry.Key.Text), _diagnostics) is not { } mapping)
            {
                continue;
            }

            // The long form has keys where the short one has values.
            KeyReader? keys = mapping.Entries.Any(static item => item.Key.Text == "values")
                ? new KeyReader(mapping, KeySet.Enumeration, _diagnostics)
                : null;
            List<EnumMemberSyntax> members = ParseMembers(
                entry.Key.Text, keys is null ? mapping.Entries : keys.Entries("values"));
            if (name is not null)
            {
                enums.Add(new EnumSyntax(name, keys?.Text("doc"), members, mapping.Span)
                {
                    Type = keys?.Scalar("type", "an integer type") is { } integer
                        ? new Identifier(integer.Text, integer.Span)
                        : null,
                });
            }
        }

        return enums;
    }

    private List<EnumMemberSyntax> ParseMembers(string name, IReadOnlyList<YamlEntry> entries)
    {
        List<EnumMemberSyntax> members = [];
        HashSet<BigInteger> values = [];
        HashSet<string> labels = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in entries)
        {
            BigInteger? value = ParseEnumValue(entry.Key);
            YamlMapping? longForm = entry.Value as YamlMapping;
            KeyReader? keys = longForm is null ? null : new KeyReader(longForm, KeySet.EnumMember, _diagnostics);
            Identifier? label = keys is null ? ParseLabel(entry.Value, entry.Key.Text) : ParseLabel(keys);
            if (value is { } number && !values.Add(number))
            {
                _diagnostics.Report(
                    KsyRules.DuplicateEnumValue, entry.Key.Span, number, DiagnosticText.Quote(name));
            }

            if (label is not null && !labels.Add(label.Text))
            {
                _diagnostics.Report(
                    KsyRules.DuplicateEnumLabel,
                    label.Span,
                    DiagnosticText.Quote(label.Text),
                    DiagnosticText.Quote(name));
            }

            string? doc = keys?.Text("doc");
            if (value is { } known && label is not null && FitsEnum(known, entry.Key))
            {
                members.Add(new EnumMemberSyntax(known, label.Text, doc, label.Span)
                {
                    Annotations = keys?.Annotations ?? [],
                });
            }
        }

        return members;
    }

    private BigInteger? ParseEnumValue(YamlScalar key)
    {
        if (IntegerText.TryParseSigned(key.Text, out BigInteger value))
        {
            return value;
        }

        _diagnostics.Report(KsyRules.EnumValueNotInteger, key.Span, DiagnosticText.Quote(key.Text));
        return null;
    }

    private bool FitsEnum(BigInteger value, YamlScalar key)
    {
        bool fits = value >= long.MinValue && value <= ulong.MaxValue;
        if (!fits)
        {
            _diagnostics.Report(KsyRules.UnsupportedEnumValue, key.Span, DiagnosticText.Quote(key.Text));
        }

        return fits;
    }

    private Identifier? ParseLabel(KeyReader keys) =>
        keys.Require("id") is { } id ? ParseLabel(id.Value, "id") : null;

    private Identifier? ParseLabel(YamlNode node, string key)
    {
        if (node is YamlScalar scalar && (PlainScalar.IsText(scalar) || PlainScalar.Boolean(scalar) is not null))
        {
            return ParseName(scalar, "label of an enumeration");
        }

        _diagnostics.Report(KsyRules.WrongKind, node.Span, DiagnosticText.Quote(key), "a label or a mapping with 'id'");
        return null;
    }
}
