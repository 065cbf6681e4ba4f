using System.Globalization;
using System.Text;
using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>
/// Reads the token that begins at an index of an expression. It keeps no state, so that the parser can go back and can
/// choose between tokens and the text of a format string.
/// </summary>
internal sealed class ExpressionLexer(ExpressionText source, DiagnosticBag diagnostics)
{
    private static readonly string[] Symbols =
    [
        "::", "<<", ">>", "<=", ">=", "==", "!=",
        "(", ")", "[", "]", "{", "}", ",", "?", ":", ".", "+", "-", "*", "/", "%", "~", "&", "^", "|", "<", ">",
    ];

    private readonly string _text = source.Text;

    /// <summary>Reads the token at or after <paramref name="position"/>.</summary>
    public Lexeme Read(int position)
    {
        int start = SkipSpace(position);
        if (start == _text.Length)
        {
            return new Lexeme(LexemeKind.End, "", start, start);
        }

        char c = _text[start];
        return c switch
        {
            '"' => ReadEscaped(start, start + 1, format: false),
            '\'' => ReadRaw(start),
            'f' when At(start + 1) == '"' => new Lexeme(LexemeKind.FormatStart, "f\"", start, start + 2),
            '.' when IsDigit(At(start + 1)) => ReadNumber(start),
            _ when IsDigit(c) => ReadNumber(start),
            _ when NamePattern.IsWordStart(c) => ReadWord(start),
            _ => ReadSymbol(start),
        };
    }

    /// <summary>
    /// Reads the text of a format string from <paramref name="position"/> to the next <c>{</c> or <c>"</c>, at which
    /// the token ends.
    /// </summary>
    public Lexeme ReadFormatText(int position) => ReadEscaped(position, position, format: true);

    /// <summary>
    /// Reads <c>name</c>, <c>a::b</c> or <c>a::b[]</c>. Since <c>&lt;</c> after <c>as</c> or <c>sizeof</c> can be a
    /// comparison, this reports nothing.
    /// </summary>
    /// <returns>The type and the index behind it, or null when no type stands there.</returns>
    public (TypeName Type, int End)? TryReadTypeName(int position)
    {
        List<string> parts = [];
        int start = SkipSpace(position);
        int end;
        int absolute = SkipSymbol(start, "::");
        int next = absolute < 0 ? start : absolute;
        do
        {
            Lexeme word = ReadWord(SkipSpace(next));
            if (!NamePattern.IsName(word.Text))
            {
                return null;
            }

            parts.Add(word.Text);
            end = word.End;
            next = SkipSymbol(end, "::");
        }
        while (next >= 0);

        int bracket = SkipSymbol(end, "[");
        int closed = bracket < 0 ? -1 : SkipSymbol(bracket, "]");
        end = closed < 0 ? end : closed;
        return (new TypeName(parts, closed >= 0, source.Span(start, end)) { IsAbsolute = absolute >= 0 }, end);
    }

    /// <summary>Reads <c>&lt;type&gt;</c> if it stands at <paramref name="position"/>.</summary>
    public (TypeName Type, int End)? TryReadTypeArgument(int position)
    {
        int open = SkipSymbol(position, "<");
        if (open < 0 || TryReadTypeName(open) is not { } found)
        {
            return null;
        }

        int close = SkipSymbol(found.End, ">");
        return close < 0 ? null : (found.Type, close);
    }

    /// <summary>Gets the index behind <paramref name="symbol"/> if it comes next, else -1.</summary>
    public int SkipSymbol(int position, string symbol)
    {
        int start = SkipSpace(position);
        return string.CompareOrdinal(_text, start, symbol, 0, symbol.Length) == 0 ? start + symbol.Length : -1;
    }

    private int SkipSpace(int position)
    {
        while (At(position) is ' ' or '\t' or '\r' or '\n' || (At(position) == '\\' && At(position + 1) == '\n'))
        {
            position += At(position) == '\\' ? 2 : 1;
        }

        return position;
    }

    private Lexeme ReadWord(int start)
    {
        int end = start;
        while (NamePattern.IsWordPart(At(end)))
        {
            end++;
        }

        return new Lexeme(LexemeKind.Word, _text.Substring(start, end - start), start, end);
    }

    private Lexeme ReadSymbol(int start)
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, start, symbol, 0, symbol.Length) == 0)
            {
                return new Lexeme(LexemeKind.Symbol, symbol, start, start + symbol.Length);
            }
        }

        int length = char.IsSurrogatePair(_text, start) ? 2 : 1;
        return Error(
            KsyRules.UnexpectedCharacter, start, start + length, DiagnosticText.Quote(_text.Substring(start, length)));
    }

    /// <summary>
    /// Reads a number. A point belongs to it if no word follows, since <c>1.to_s</c> is a method call.
    /// </summary>
    private Lexeme ReadNumber(int start)
    {
        int end = start;
        while (NamePattern.IsWordPart(At(end)))
        {
            end++;
        }

        bool isFloat = false;
        if (At(end) == '.' && !NamePattern.IsWordStart(At(SkipSpace(end + 1))) && AllDigits(start, end))
        {
            isFloat = true;
            end++;
            while (NamePattern.IsWordPart(At(end)))
            {
                end++;
            }
        }

        int exponent = _text.IndexOfAny(['e', 'E'], start, end - start);
        bool hexadecimal = At(start) == '0' && At(start + 1) is 'x' or 'X';
        if (exponent >= 0 && !hexadecimal)
        {
            isFloat = true;
            if (exponent + 1 == end && At(end) is '+' or '-')
            {
                end++;
                while (NamePattern.IsWordPart(At(end)))
                {
                    end++;
                }
            }
        }

        string text = _text.Substring(start, end - start);
        return (isFloat ? TryParseFloat(text, out _) : IntegerText.TryParse(text, out _))
            ? new Lexeme(isFloat ? LexemeKind.Float : LexemeKind.Integer, text, start, end)
            : Error(KsyRules.InvalidNumber, start, end, DiagnosticText.Quote(text));
    }

    /// <summary>Reads a floating-point number without sign; one beyond the range of 64 bits is none.</summary>
    public static bool TryParseFloat(string text, out double value) =>
        double.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && !double.IsInfinity(value);

    private Lexeme ReadRaw(int start)
    {
        int end = _text.IndexOf('\'', start + 1);
        return end < 0
            ? Error(KsyRules.UnterminatedString, start, _text.Length)
            : new Lexeme(LexemeKind.String, _text.Substring(start + 1, end - start - 1), start, end + 1);
    }

    private Lexeme ReadEscaped(int start, int position, bool format)
    {
        StringBuilder value = new();
        while (position < _text.Length)
        {
            char c = _text[position];
            if (c == '"' || (c == '{' && format))
            {
                return new Lexeme(LexemeKind.String, value.ToString(), start, format ? position : position + 1);
            }

            if (c != '\\')
            {
                value.Append(c);
                position++;
                continue;
            }

            int end = ReadEscape(position + 1, out int character);
            if (character is < 0 or > char.MaxValue)
            {
                string escape = _text.Substring(position, end - position);
                return Error(KsyRules.InvalidEscape, position, end, DiagnosticText.Quote(escape));
            }

            value.Append((char)character);
            position = end;
        }

        return Error(KsyRules.UnterminatedString, start, _text.Length);
    }

    /// <summary>Reads what follows a backslash; <paramref name="character"/> is -1 when it is no escape.</summary>
    private int ReadEscape(int position, out int character)
    {
        char c = At(position);
        if (c is >= '0' and <= '7')
        {
            character = 0;
            int end = position;
            for (; At(end) is >= '0' and <= '7'; end++)
            {
                character = Math.Min((character * 8) + At(end) - '0', char.MaxValue + 1);
            }

            return end;
        }

        if (c == 'u')
        {
            int digits = Math.Min(4, _text.Length - position - 1);
            character = int.TryParse(
                _text.Substring(position + 1, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out int value) && digits == 4 ? value : -1;
            return position + 1 + digits;
        }

        character = c switch
        {
            'a' => '\a',
            'b' => '\b',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            'f' => '\f',
            'e' => '\u001B',
            '"' or '\'' or '\\' => c,
            _ => -1,
        };
        return Math.Min(position + 1, _text.Length);
    }

    private Lexeme Error(KsyRule rule, int start, int end, params object[] arguments)
    {
        diagnostics.Report(rule, source.Span(start, end), arguments);
        return new Lexeme(LexemeKind.Error, "", start, end);
    }

    private bool AllDigits(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (!IsDigit(_text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gets the character at an index, NUL behind the end.</summary>
    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
