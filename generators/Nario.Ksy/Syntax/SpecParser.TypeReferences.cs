using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>What stands under <c>type</c> and <c>enum</c>.</summary>
public sealed partial class SpecParser
{
    private TypeReferenceSyntax? ParseTypeReference(KeyReader keys) => keys.Find("type")?.Value switch
    {
        null => null,
        YamlMapping mapping => ParseSwitch(mapping),
        _ when keys.Scalar("type", "the name of a type or a mapping") is { } scalar => ParseNamedType(scalar),
        _ => null,
    };

    private NamedTypeSyntax? ParseParameterType(KeyReader keys) =>
        keys.Scalar("type", "the name of a type") is { } scalar ? ParseNamedType(scalar, allowArray: true) : null;

    private SwitchTypeSyntax? ParseSwitch(YamlMapping mapping)
    {
        KeyReader keys = new(mapping, KeySet.Switch, _diagnostics);
        keys.Require("switch-on");
        keys.Require("cases");
        Expression? on = keys.Expression("switch-on");
        List<SwitchCaseSyntax> cases = [];
        foreach (YamlEntry entry in keys.Entries("cases"))
        {
            bool isDefault = entry.Key.Text == "_";
            Expression? value = isDefault ? null : ExpressionParser.Parse(entry.Key, _diagnostics);
            YamlScalar? scalar = KeyReader.ScalarOf(
                entry.Value, DiagnosticText.Quote(entry.Key.Text), "the name of a type", _diagnostics);
            if (scalar is not null
                && ParseNamedType(scalar) is { } type
                && (isDefault || value is not null))
            {
                cases.Add(new SwitchCaseSyntax(value, type, entry.Key.Span));
            }
        }

        return on is null ? null : new SwitchTypeSyntax(on, cases, mapping.Span);
    }

    private NamedTypeSyntax? ParseNamedType(YamlScalar scalar, bool allowArray = false)
    {
        if (ExpressionParser.ParseTypeReference(scalar, _diagnostics) is not { } found)
        {
            return null;
        }

        if (found.Type.IsArray && !allowArray)
        {
            _diagnostics.Report(KsyRules.ArrayTypeNotAllowed, scalar.Span, DiagnosticText.Quote(scalar.Text));
            return null;
        }

        return new NamedTypeSyntax(found.Type, found.Arguments, scalar.Span);
    }

    private Identifier? ParseEnumName(KeyReader keys)
    {
        if (keys.Scalar("enum", "the name of an enumeration") is not { } scalar)
        {
            return null;
        }

        if (scalar.Text.StartsWith("::", StringComparison.Ordinal))
        {
            _diagnostics.Report(KsyRules.UnsupportedAbsoluteName, scalar.Span);
            return null;
        }

        foreach (string part in scalar.Text.Split(["::"], StringSplitOptions.None))
        {
            if (!NamePattern.IsName(part))
            {
                return ParseName(new YamlScalar(part, scalar.IsPlain, scalar.Span), "name of an enumeration");
            }
        }

        return new Identifier(scalar.Text, scalar.Span);
    }
}
