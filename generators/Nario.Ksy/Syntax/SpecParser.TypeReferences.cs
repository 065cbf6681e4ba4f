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
        YamlMapping mapping => ParseSwitch(mapping) ?? new InvalidTypeSyntax(mapping.Span) as TypeReferenceSyntax,
        var node => keys.Scalar("type", "the name of a type or a mapping") is { } scalar
            ? ParseNamedType(scalar)
            : new InvalidTypeSyntax(node.Span),
    };

    private TypeReferenceSyntax? ParseParameterType(KeyReader keys) => keys.Find("type")?.Value is not { } node
        ? null
        : keys.Scalar("type", "the name of a type") is { } scalar
            ? ParseNamedType(scalar, allowArray: true)
            : new InvalidTypeSyntax(node.Span);

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
            TypeReferenceSyntax? type = scalar is null ? null : ParseNamedType(scalar);
            if (type is not null && (isDefault || value is not null))
            {
                cases.Add(new SwitchCaseSyntax(value, type, entry.Key.Span));
            }
        }

        return on is null || !keys.Has("cases") ? null : new SwitchTypeSyntax(on, cases, mapping.Span);
    }

    private TypeReferenceSyntax ParseNamedType(YamlScalar scalar, bool allowArray = false)
    {
        if (ExpressionParser.ParseTypeReference(scalar, _diagnostics) is not { } found)
        {
            return new InvalidTypeSyntax(scalar.Span);
        }

        if (found.Type.IsArray && !allowArray)
        {
            _diagnostics.Report(KsyRules.ArrayTypeNotAllowed, scalar.Span, DiagnosticText.Quote(scalar.Text));
            return new InvalidTypeSyntax(scalar.Span);
        }

        return new NamedTypeSyntax(found.Type, found.Arguments, scalar.Span);
    }

    private Identifier? ParseEnumName(KeyReader keys)
    {
        if (keys.Scalar("enum", "the name of an enumeration") is not { } scalar)
        {
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
