using System.Globalization;
using Nario.Ksy.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nario.Ksy.Yaml;

/// <summary>Reads a YAML text into nodes with their places; hostile text ends in a diagnostic.</summary>
public sealed class YamlReader
{
    /// <summary>Deepest nesting of sequences and mappings; later stages recurse over the tree.</summary>
    public const int MaxDepth = 100;

    /// <summary>Most nodes of a text, keys included.</summary>
    public const int MaxNodes = 200_000;

    private readonly string _text;
    private readonly Parser _parser;
    private readonly TextLines _lines;
    private readonly DiagnosticBag _diagnostics;
    private int _nodes;
    private bool _failed;

    private YamlReader(string text, DiagnosticBag diagnostics)
    {
        _text = text;
        _parser = new Parser(new StringReader(text));
        _lines = new TextLines(text);
        _diagnostics = diagnostics;
    }

    private ParsingEvent Current => _parser.Current!;

    /// <summary>Reads the one document of <paramref name="text"/>.</summary>
    /// <param name="text">The text; a byte order mark at its start is not counted in places.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The root, or null when there is none or the text cannot be read to its end.</returns>
    public static YamlNode? Parse(string text, DiagnosticBag diagnostics)
    {
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            text = text.Substring(1);
        }

        int invalid = IndexOfInvalid(text);
        if (invalid >= 0)
        {
            diagnostics.Report(
                KsyRules.InvalidCharacter, new TextLines(text).Span(invalid, invalid + 1), CodePoint(text[invalid]));
            return null;
        }

        return new YamlReader(text, diagnostics).ReadDocument();
    }

    private YamlNode? ReadDocument()
    {
        if (!Move() || !Move())
        {
            return null;
        }

        if (Current is not DocumentStart)
        {
            _diagnostics.Report(KsyRules.EmptySpecification, _lines.Span(0, 0));
            return null;
        }

        YamlNode? root = Move() ? ReadNode(0) : null;
        if (_failed || !Move())
        {
            return null;
        }

        if (Current is DocumentStart)
        {
            _diagnostics.Report(KsyRules.SeveralDocuments, Span(Current));
            return null;
        }

        if (root is YamlScalar { IsPlain: true, Text.Length: 0 })
        {
            _diagnostics.Report(KsyRules.EmptySpecification, root.Span);
            return null;
        }

        return root;
    }

    /// <summary>Reads the node that begins with the current event and steps past it; null when it is dropped.</summary>
    private YamlNode? ReadNode(int depth)
    {
        if (++_nodes > MaxNodes)
        {
            return Fail(KsyRules.TooManyNodes, MaxNodes);
        }

        if (Current is AnchorAlias)
        {
            _diagnostics.Report(KsyRules.UnsupportedYaml, Span(Current), "aliases");
            Move();
            return null;
        }

        // The library lets a key without a value end a mapping in some broken texts.
        if (Current is not NodeEvent start)
        {
            return Fail(KsyRules.InvalidYaml, "a key or a value is missing");
        }

        if (!start.Anchor.IsEmpty)
        {
            _diagnostics.Report(KsyRules.UnsupportedYaml, Span(start), "anchors");
        }
        else if (!start.Tag.IsEmpty)
        {
            _diagnostics.Report(KsyRules.UnsupportedYaml, Span(start), "tags");
        }

        if (start is Scalar scalar)
        {
            return ReadScalar(scalar);
        }

        if (depth == MaxDepth)
        {
            return Fail(KsyRules.NestedTooDeep, MaxDepth);
        }

        return start is MappingStart mapping ? ReadMapping(mapping, depth) : ReadSequence((SequenceStart)start, depth);
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        Move();
        return new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, Span(scalar));
    }

    private YamlSequence? ReadSequence(SequenceStart start, int depth)
    {
        List<YamlNode> items = [];
        long end = start.End.Index;
        if (!Move())
        {
            return null;
        }

        while (Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is { } item)
            {
                items.Add(item);
                end = item.Span.Start + item.Span.Length;
            }

            if (_failed)
            {
                return null;
            }
        }

        SourceSpan span = _lines.Span(start.Start.Index, start.Style == SequenceStyle.Flow ? FlowEnd(']') : end);
        Move();
        return new YamlSequence(items, span);
    }

    private YamlMapping? ReadMapping(MappingStart start, int depth)
    {
        List<YamlEntry> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        long end = start.End.Index;
        if (!Move())
        {
            return null;
        }

        while (Current is not MappingEnd)
        {
            SourceSpan keySpan = Span(Current);
            YamlNode? key = ReadNode(depth + 1);
            YamlNode? value = _failed ? null : ReadNode(depth + 1);
            if (_failed)
            {
                return null;
            }

            if (value is not null)
            {
                end = value.Span.Start + value.Span.Length;
            }

            if (key is not YamlScalar scalar)
            {
                if (key is not null)
                {
                    _diagnostics.Report(KsyRules.KeyNotScalar, keySpan);
                }
            }
            else if (!keys.Add(scalar.Text))
            {
                _diagnostics.Report(KsyRules.DuplicateKey, scalar.Span, DiagnosticText.Quote(scalar.Text));
            }
            else if (value is not null)
            {
                entries.Add(new YamlEntry(scalar, value));
            }
        }

        SourceSpan span = _lines.Span(start.Start.Index, start.Style == MappingStyle.Flow ? FlowEnd('}') : end);
        Move();
        return new YamlMapping(entries, span);
    }

    private bool Move()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException exception)
        {
            _diagnostics.Report(
                KsyRules.InvalidYaml,
                _lines.Span(exception.Start.Index, exception.End.Index),
                exception.Message.TrimEnd('.'));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The scanner's own consistency checks, of many types: a bracket that is not closed can end in one.
            long end = _parser.Current?.End.Index ?? 0;
            _diagnostics.Report(
                KsyRules.InvalidYaml, _lines.Span(end, end), "what follows does not continue the text before it");
        }

        _failed = true;
        return false;
    }

    private YamlNode? Fail(KsyRule rule, object argument)
    {
        _diagnostics.Report(rule, Span(Current), argument);
        _failed = true;
        return null;
    }

    /// <summary>Gets the end of a collection in brackets; the event of its end stands before the bracket.</summary>
    private int FlowEnd(char closing)
    {
        int end = (int)Current.End.Index;
        return end < _text.Length && _text[end] == closing ? end + 1 : end;
    }

    private SourceSpan Span(ParsingEvent parsed) => _lines.Span(parsed.Start.Index, parsed.End.Index);

    private static string CodePoint(char character) => ((int)character).ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>
    /// Finds what YAML 1.2 (5.1, c-printable) does not allow in a text. The scanner takes NUL for the end of its
    /// input, so that what follows one would be lost without a word.
    /// </summary>
    private static int IndexOfInvalid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF'
                || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')))
            {
                return i;
            }
        }

        return -1;
    }
}
