using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>
/// Parses a specification into its syntax. Every key is represented, accepted because it only informs a person, or
/// reported: as unsupported if the language has it, else as unknown.
/// </summary>
public sealed partial class SpecParser
{
    private readonly DiagnosticBag _diagnostics;

    private SpecParser(DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
    }

    /// <summary>Parses <paramref name="text"/>.</summary>
    /// <param name="file">Path of the specification.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong; with errors the syntax lacks what could not be read.</param>
    /// <returns>The syntax, or null when the text has no <c>meta/id</c> that can be read.</returns>
    public static SpecSyntax? Parse(string file, string text, DiagnosticBag diagnostics)
    {
        if (YamlReader.Parse(text, diagnostics) is not { } root
            || KeyReader.MappingOf(root, "The specification", diagnostics) is not { } mapping)
        {
            return null;
        }

        SpecParser parser = new(diagnostics);
        KeyReader keys = new(mapping, KeySet.Specification, diagnostics);
        TypeSyntax type = parser.ParseType(null, keys, isFile: true);
        keys.Require("meta");
        return type.Meta is { Id: not null } meta ? new SpecSyntax(file, meta, type) : null;
    }

    private TypeSyntax ParseType(Identifier? name, KeyReader keys, bool isFile)
    {
        HashSet<string> members = new(StringComparer.Ordinal);
        return new TypeSyntax(
            name,
            ParseMeta(keys, isFile),
            keys.Text("doc"),
            ParseParameters(keys, members),
            ParseSequence(keys, members),
            ParseInstances(keys, members),
            ParseTypes(keys),
            ParseEnums(keys),
            keys.Annotations,
            keys.Span)
        {
            Text = keys.Expression("to-string"),
        };
    }

    private List<TypeSyntax> ParseTypes(KeyReader keys)
    {
        List<TypeSyntax> types = [];
        foreach (YamlEntry entry in keys.Entries("types"))
        {
            Identifier? name = ParseName(entry.Key, "name of a type");
            if (KeyReader.MappingOf(entry.Value, DiagnosticText.Quote(entry.Key.Text), _diagnostics) is { } mapping)
            {
                TypeSyntax type = ParseType(name, new KeyReader(mapping, KeySet.Type, _diagnostics), isFile: false);
                if (name is not null)
                {
                    types.Add(type);
                }
            }
        }

        return types;
    }

    private MetaSyntax? ParseMeta(KeyReader type, bool isFile)
    {
        if (type.Find("meta") is not { } entry
            || KeyReader.MappingOf(entry.Value, "'meta'", _diagnostics) is not { } mapping)
        {
            return null;
        }

        KeyReader keys = new(mapping, KeySet.Meta, _diagnostics);
        YamlScalar? id = keys.Scalar("id", "a name");
        if (isFile)
        {
            keys.Require("id");
        }

        if (keys.Text("ks-version") is { } version && !IsVersion(version))
        {
            _diagnostics.Report(
                KsyRules.InvalidVersion, keys.Find("ks-version")!.Value.Span, DiagnosticText.Quote(version));
        }

        Identifier? encoding = ParseEncoding(keys);
        return new MetaSyntax(
            id is null ? null : ParseName(id, "name of a specification"),
            keys.Text("title"),
            ParseEndianness(keys),
            encoding?.Text,
            ParseImports(keys),
            keys.Span)
        {
            EncodingName = encoding,
            SwitchedEndian = keys.Find("endian")?.Value is YamlMapping switched
                ? ParseSwitchedEndianness(switched)
                : null,
            HasEndian = keys.Has("endian"),
            BitEndian = keys.Scalar("bit-endian", "'le' or 'be'") is { } order
                ? Endianness(order, "'bit-endian'")
                : null,
            IsDebug = keys.Flag("ks-debug", whenAbsent: false),
            AllowsOpaqueTypes = keys.Flag("ks-opaque-types", whenAbsent: false),
            Annotations = keys.Annotations,
        };
    }

    private Endianness? ParseEndianness(KeyReader keys) =>
        keys.Find("endian")?.Value is not YamlMapping && keys.Scalar("endian", "'le' or 'be'") is { } scalar
            ? Endianness(scalar, "'endian'")
            : null;

    private SwitchedEndiannessSyntax? ParseSwitchedEndianness(YamlMapping mapping)
    {
        KeyReader keys = new(mapping, KeySet.Endianness, _diagnostics);
        keys.Require("switch-on");
        keys.Require("cases");
        Expression? on = keys.Expression("switch-on");
        List<EndiannessCaseSyntax> cases = [];
        foreach (YamlEntry entry in keys.Entries("cases"))
        {
            bool isDefault = entry.Key.Text == "_";
            Expression? value = isDefault ? null : ExpressionParser.Parse(entry.Key, _diagnostics);
            string name = DiagnosticText.Quote(entry.Key.Text);
            if (KeyReader.ScalarOf(entry.Value, name, "'le' or 'be'", _diagnostics) is { } scalar
                && Endianness(scalar, name) is { } order
                && (isDefault || value is not null))
            {
                cases.Add(new EndiannessCaseSyntax(value, order, entry.Key.Span));
            }
        }

        return on is null ? null : new SwitchedEndiannessSyntax(on, cases, mapping.Span);
    }

    private Endianness? Endianness(YamlScalar scalar, string key)
    {
        switch (scalar.Text)
        {
            case "le":
                return Syntax.Endianness.Little;
            case "be":
                return Syntax.Endianness.Big;
            default:
                _diagnostics.Report(
                    KsyRules.ValueNotInList, scalar.Span, key, "'le' or 'be'", DiagnosticText.Quote(scalar.Text));
                return null;
        }
    }

    private List<Identifier> ParseImports(KeyReader keys)
    {
        List<Identifier> imports = [];
        foreach (YamlNode item in keys.Items("imports"))
        {
            if (KeyReader.ScalarOf(item, "An element of 'imports'", "a name", _diagnostics) is { } scalar)
            {
                imports.Add(new Identifier(scalar.Text, scalar.Span));
            }
        }

        return imports;
    }

    private Identifier? ParseName(YamlScalar scalar, string what)
    {
        if (NamePattern.IsName(scalar.Text))
        {
            return new Identifier(scalar.Text, scalar.Span);
        }

        _diagnostics.Report(KsyRules.InvalidName, scalar.Span, DiagnosticText.Quote(scalar.Text), what);
        return null;
    }

    private static bool IsVersion(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length is 2 or 3 && Array.TrueForAll(
            parts,
            static part => part.Length > 0 && (part == "0" || part[0] != '0') && part.All(c => c is >= '0' and <= '9'));
    }
}
