using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>What a type consists of: parameters, the elements of its sequence, instances.</summary>
public sealed partial class SpecParser
{
    /// <summary>Keys that say what <c>contents</c> says already; a <c>size</c> may stand beside it.</summary>
    private static readonly string[] ExcludedByContents =
        ["type", "size-eos", "terminator", "pad-right", "encoding", "enum"];

    private List<ParameterSyntax> ParseParameters(KeyReader type, HashSet<string> members)
    {
        List<ParameterSyntax> parameters = [];
        foreach (YamlNode item in type.Items("params"))
        {
            if (KeyReader.MappingOf(item, "An element of 'params'", _diagnostics) is not { } mapping)
            {
                continue;
            }

            KeyReader keys = new(mapping, KeySet.Parameter, _diagnostics);
            keys.Require("id");
            Identifier? id = ParseMemberName(keys, "name of a parameter", members);
            TypeReferenceSyntax? reference = ParseParameterType(keys);
            if (id is not null)
            {
                parameters.Add(new ParameterSyntax(id, reference, ParseEnumName(keys), keys.Text("doc"), keys.Span)
                {
                    Annotations = keys.Annotations,
                });
            }
        }

        return parameters;
    }

    private List<AttributeSyntax> ParseSequence(KeyReader type, HashSet<string> members)
    {
        List<AttributeSyntax> attributes = [];
        foreach (YamlNode item in type.Items("seq"))
        {
            if (KeyReader.MappingOf(item, "An element of 'seq'", _diagnostics) is { } mapping)
            {
                KeyReader keys = new(mapping, KeySet.Attribute, _diagnostics);
                attributes.Add(ParseAttribute(ParseMemberName(keys, "name of a field", members), keys));
            }
        }

        return attributes;
    }

    private List<InstanceSyntax> ParseInstances(KeyReader type, HashSet<string> members)
    {
        List<InstanceSyntax> instances = [];
        foreach (YamlEntry entry in type.Entries("instances"))
        {
            Identifier? id = ParseName(entry.Key, "name of an instance");
            Declare(id, members);
            if (KeyReader.MappingOf(entry.Value, DiagnosticText.Quote(entry.Key.Text), _diagnostics) is not { } mapping)
            {
                continue;
            }

            if (!mapping.Entries.Any(static entry => entry.Key.Text == "value"))
            {
                KeyReader parsed = new(mapping, KeySet.ParsedInstance, _diagnostics);
                AttributeSyntax field = ParseAttribute(id, parsed);
                Expression? position = parsed.Expression("pos");
                Expression? io = parsed.Expression("io");
                if (id is not null)
                {
                    instances.Add(new ParsedInstanceSyntax(id, field, position, io));
                }

                continue;
            }

            KeyReader keys = new(mapping, KeySet.ValueInstance, _diagnostics);
            Expression? value = keys.Expression("value");
            Expression? condition = keys.Expression("if");
            Identifier? enumeration = ParseEnumName(keys);
            string? doc = keys.Text("doc");
            if (id is not null)
            {
                instances.Add(
                    new ValueInstanceSyntax(id, doc, value, enumeration, condition, keys.Annotations, keys.Span));
            }
        }

        return instances;
    }

    private AttributeSyntax ParseAttribute(Identifier? id, KeyReader keys)
    {
        foreach (string excluded in ExcludedByContents)
        {
            keys.Exclude("contents", excluded);
        }

        bool sizeToEnd = keys.Flag("size-eos", whenAbsent: false);
        if (sizeToEnd)
        {
            keys.Exclude("size", "size-eos");
        }

        Identifier? encoding = ParseEncoding(keys);
        return new AttributeSyntax(
            id,
            keys.Text("doc"),
            ParseTypeReference(keys),
            ParseContents(keys),
            keys.Expression("size"),
            sizeToEnd,
            ParseTerminator(keys),
            keys.Flag("consume", whenAbsent: true),
            keys.Flag("include", whenAbsent: false),
            keys.Flag("eos-error", whenAbsent: true),
            keys.Find("pad-right") is { } padding ? ParseByte(padding.Value, "pad-right") : null,
            encoding?.Text,
            ParseEnumName(keys),
            keys.Expression("if"),
            ParseRepeat(keys),
            ParseValidation(keys),
            keys.Annotations,
            keys.Span)
        {
            EncodingName = encoding,
            Process = ParseProcess(keys),
            Parent = ParseParent(keys),
            Keys = keys.Places,
        };
    }

    private ProcessSyntax? ParseProcess(KeyReader keys) =>
        keys.Scalar("process", "a routine with its arguments") is { } scalar
        && ExpressionParser.ParseRoutine(scalar, _diagnostics) is { } routine
            ? new ProcessSyntax(routine.Name, routine.Arguments, scalar.Span)
            : null;

    private ParentSyntax? ParseParent(KeyReader keys)
    {
        if (keys.Scalar("parent", "false or an expression") is not { } scalar)
        {
            return null;
        }

        if (PlainScalar.Boolean(scalar) == false)
        {
            return new ParentSyntax(null, scalar.Span);
        }

        return ExpressionParser.Parse(scalar, _diagnostics) is { } value ? new ParentSyntax(value, scalar.Span) : null;
    }

    private static Identifier? ParseEncoding(KeyReader keys) =>
        keys.Scalar("encoding", "the name of an encoding") is { } scalar
            ? new Identifier(scalar.Text, scalar.Span)
            : null;

    private RepeatSyntax? ParseRepeat(KeyReader keys)
    {
        YamlScalar? repeat = keys.Scalar("repeat", "'eos', 'expr' or 'until'");
        Expression? count = ParseRepeatArgument(keys, "repeat-expr", "expr");
        Expression? until = ParseRepeatArgument(keys, "repeat-until", "until");
        switch (repeat?.Text)
        {
            case null:
                return null;
            case "eos":
                return new RepeatToEnd(repeat.Span);
            case "expr":
                return count is null ? null : new RepeatCount(count, repeat.Span);
            case "until":
                return until is null ? null : new RepeatUntil(until, repeat.Span);
            default:
                _diagnostics.Report(
                    KsyRules.ValueNotInList,
                    repeat.Span,
                    "'repeat'",
                    "'eos', 'expr' or 'until'",
                    DiagnosticText.Quote(repeat.Text));
                return null;
        }
    }

    /// <summary>Reads a key that must stand if and only if <c>repeat</c> is <paramref name="kind"/>.</summary>
    private Expression? ParseRepeatArgument(KeyReader keys, string key, string kind)
    {
        YamlNode? repeat = keys.Find("repeat")?.Value;
        bool wanted = (repeat as YamlScalar)?.Text == kind;
        if (wanted && !keys.Has(key))
        {
            _diagnostics.Report(KsyRules.KeyNeedsOther, repeat!.Span, $"'repeat: {kind}'", $"'{key}'");
        }
        else if (!wanted && keys.Find(key) is { } entry)
        {
            _diagnostics.Report(KsyRules.KeyNeedsOther, entry.Key.Span, $"'{key}'", $"'repeat: {kind}'");
        }

        return keys.Expression(key);
    }

    private Identifier? ParseMemberName(KeyReader keys, string what, HashSet<string> members)
    {
        Identifier? id = keys.Scalar("id", "a name") is { } scalar ? ParseName(scalar, what) : null;
        Declare(id, members);
        return id;
    }

    private void Declare(Identifier? id, HashSet<string> members)
    {
        if (id is not null && !members.Add(id.Text))
        {
            _diagnostics.Report(KsyRules.DuplicateName, id.Span, DiagnosticText.Quote(id.Text));
        }
    }
}
