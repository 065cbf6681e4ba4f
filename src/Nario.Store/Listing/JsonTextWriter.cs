using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Nario.Store.Listing;

/// <summary>Writes JSON as Nix spells it: no spaces, or an indentation of two; only what must be is escaped.</summary>
/// <remarks>
/// Strings are bytes, which need not be UTF-8: a byte that belongs to no character becomes the lone surrogate
/// <c>\udc80</c> to <c>\udcff</c>, from which it can be told again. Does not check that calls follow the grammar.
/// </remarks>
/// <param name="output">Where the text goes.</param>
/// <param name="isIndented">Whether every item has a line of its own.</param>
/// <param name="forTerminal">Whether all characters that could steer a terminal are escaped.</param>
/// <param name="outerDepth">How many objects and arrays are around the text already.</param>
internal sealed class JsonTextWriter(Stream output, bool isIndented, bool forTerminal, int outerDepth = 0)
{
    private const int IndentWidth = 2;

    private const byte FirstNotAscii = 0x80;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private int _depth;
    private bool _isEmpty = true;
    private bool _isAfterName;

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Begin((byte)'{');

    /// <summary>Ends the current object.</summary>
    public void EndObject() => End((byte)'}');

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Begin((byte)'[');

    /// <summary>Ends the current array.</summary>
    public void EndArray() => End((byte)']');

    /// <summary>Writes the name of the member of an object whose value follows.</summary>
    public void WriteName(string name) => WriteName(Encoding.UTF8.GetBytes(name));

    /// <summary>Writes the name of the member of an object whose value follows.</summary>
    public void WriteName(ReadOnlySpan<byte> name)
    {
        BeginItem();
        WriteEscaped(name);
        output.Write(isIndented ? ": "u8 : ":"u8);
        _isAfterName = true;
    }

    /// <summary>Writes a string, or null.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNull();
        }
        else
        {
            WriteString(Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>Writes a string.</summary>
    public void WriteString(ReadOnlySpan<byte> value)
    {
        BeginItem();
        WriteEscaped(value);
    }

    /// <summary>Writes null.</summary>
    public void WriteNull()
    {
        BeginItem();
        output.Write("null"u8);
    }

    /// <summary>Writes a number.</summary>
    public void WriteNumber(ulong value)
    {
        BeginItem();
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out int count);
        output.Write(digits[..count]);
    }

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(bool value)
    {
        BeginItem();
        output.Write(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes a value that is JSON already.</summary>
    /// <param name="write">Writes it, indented for this place.</param>
    public void WriteRaw(Action<Stream> write)
    {
        BeginItem();
        write(output);
    }

    private void Begin(byte bracket)
    {
        BeginItem();
        output.WriteByte(bracket);
        _depth++;
        _isEmpty = true;
    }

    private void End(byte bracket)
    {
        _depth--;
        if (!_isEmpty)
        {
            BeginLine();
        }

        output.WriteByte(bracket);
        _isEmpty = false;
    }

    private void BeginItem()
    {
        if (!_isAfterName && _depth > 0)
        {
            if (!_isEmpty)
            {
                output.WriteByte((byte)',');
            }

            BeginLine();
        }

        _isAfterName = false;
        _isEmpty = false;
    }

    private void BeginLine()
    {
        if (!isIndented)
        {
            return;
        }

        output.WriteByte((byte)'\n');
        for (int i = 0; i < (outerDepth + _depth) * IndentWidth; i++)
        {
            output.WriteByte((byte)' ');
        }
    }

    private void WriteEscaped(ReadOnlySpan<byte> value)
    {
        output.WriteByte((byte)'"');
        while (!value.IsEmpty)
        {
            int plain = value.IndexOfAnyExcept(Plain);
            plain = plain < 0 ? value.Length : plain;
            output.Write(value[..plain]);
            value = value[plain..];
            if (!value.IsEmpty)
            {
                value = value[WriteCharacter(value)..];
            }
        }

        output.WriteByte((byte)'"');
    }

    /// <summary>Writes the first character, or what is in its place.</summary>
    /// <returns>How many bytes that took.</returns>
    private int WriteCharacter(ReadOnlySpan<byte> value)
    {
        if (value[0] < FirstNotAscii)
        {
            WriteAscii(value[0]);
            return 1;
        }

        bool isCharacter = Rune.DecodeFromUtf8(value, out Rune rune, out int count) == OperationStatus.Done;
        if (!isCharacter)
        {
            foreach (byte part in value[..count])
            {
                WriteCode(0xdc00 + part);
            }
        }
        else if (forTerminal && !EscapedText.IsHarmless(rune))
        {
            Span<char> units = stackalloc char[2];
            foreach (char unit in units[..rune.EncodeToUtf16(units)])
            {
                WriteCode(unit);
            }
        }
        else
        {
            output.Write(value[..count]);
        }

        return count;
    }

    private void WriteAscii(byte character)
    {
        ReadOnlySpan<byte> escaped = character switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\r' => "\\r"u8,
            (byte)'\t' => "\\t"u8,
            _ => default,
        };
        if (!escaped.IsEmpty)
        {
            output.Write(escaped);
        }
        else if (character < (byte)' ' || forTerminal)
        {
            WriteCode(character);
        }
        else
        {
            output.WriteByte(character);
        }
    }

    private void WriteCode(int unit)
    {
        Span<byte> escaped = stackalloc byte[6];
        escaped[0] = (byte)'\\';
        escaped[1] = (byte)'u';
        Utf8Formatter.TryFormat(unit, escaped[2..], out _, new StandardFormat('x', 4));
        output.Write(escaped);
    }
}
