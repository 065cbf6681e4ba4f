using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>What stands under <c>valid</c>.</summary>
public sealed partial class SpecParser
{
    private ValidationSyntax? ParseValidation(KeyReader attribute)
    {
        YamlNode? node = attribute.Find("valid")?.Value;
        if (node is not YamlMapping mapping)
        {
            return attribute.Expression("valid") is { } value ? new ValidEqual(value, node!.Span) : null;
        }

        KeyReader keys = new(mapping, KeySet.Validation, _diagnostics);
        string? first = KeySet.Validation.Accepted.FirstOrDefault(keys.Has);
        if (first is null)
        {
            _diagnostics.Report(
                KsyRules.MissingKey, mapping.Span, "'valid'", "'eq', 'min', 'max', 'any-of', 'in-enum' or 'expr'");
            return null;
        }

        // Of the rules one may stand; `min` and `max` are one together.
        foreach (string other in KeySet.Validation.Accepted)
        {
            if (other != first && !(first == "min" && other == "max"))
            {
                keys.Exclude(first, other);
            }
        }

        switch (first)
        {
            case "eq":
                return keys.Expression("eq") is { } equal ? new ValidEqual(equal, mapping.Span) : null;
            case "any-of":
                return ParseAnyOf(keys);
            case "expr":
                return keys.Expression("expr") is { } condition ? new ValidExpression(condition, mapping.Span) : null;
            case "in-enum":
                if (!keys.Flag("in-enum", whenAbsent: true))
                {
                    _diagnostics.Report(
                        KsyRules.ValueNotInList, keys.Find("in-enum")!.Value.Span, "'in-enum'", "'true'", "'false'");
                }

                return new ValidMember(mapping.Span);
            default:
                Expression? minimum = keys.Expression("min");
                Expression? maximum = keys.Expression("max");
                return minimum is null && maximum is null ? null : new ValidRange(minimum, maximum, mapping.Span);
        }
    }

    private ValidAnyOf ParseAnyOf(KeyReader keys)
    {
        List<Expression> values = [];
        foreach (YamlNode item in keys.Items("any-of"))
        {
            if (KeyReader.ScalarOf(item, "An element of 'any-of'", "an expression", _diagnostics) is { } scalar
                && ExpressionParser.Parse(scalar, _diagnostics) is { } value)
            {
                values.Add(value);
            }
        }

        if (values.Count == 0 && keys.Find("any-of")!.Value is YamlSequence { Items.Count: 0 } empty)
        {
            _diagnostics.Report(KsyRules.WrongKind, empty.Span, "'any-of'", "a list of at least one expression");
        }

        return new ValidAnyOf(values, keys.Span);
    }
}
