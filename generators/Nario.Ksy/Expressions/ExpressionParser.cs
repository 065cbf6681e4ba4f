using System.Globalization;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Expressions;

/// <summary>
/// Parses expressions. Loosest first: <c>?:</c>; <c>or</c>; <c>and</c>; <c>not</c>; one comparison; <c>|</c>;
/// <c>^</c>; <c>&amp;</c>; shifts; sums; products; signs and <c>~</c>; calls, indexes, members and casts. Binary
/// operators associate to the left, <c>?:</c> to the right.
/// </summary>
public sealed class ExpressionParser
{
    /// <summary>
    /// Deepest nesting of an expression. A link of a chain (<c>a + b + c</c>, <c>a.b.c</c>) counts as a level, since
    /// it is one in the tree, over which later stages recurse.
    /// </summary>
    public const int MaxDepth = 200;

    private const int LoosestLevel = 0;
    private const int ComparisonLevel = 2;

    private static readonly Dictionary<string, (int Level, BinaryOperator Operator)> BinaryOperators =
        new(StringComparer.Ordinal)
        {
            ["or"] = (LoosestLevel, BinaryOperator.Or),
            ["and"] = (1, BinaryOperator.And),
            ["=="] = (ComparisonLevel, BinaryOperator.Equal),
            ["!="] = (ComparisonLevel, BinaryOperator.NotEqual),
            ["<"] = (ComparisonLevel, BinaryOperator.Less),
            ["<="] = (ComparisonLevel, BinaryOperator.LessOrEqual),
            [">"] = (ComparisonLevel, BinaryOperator.Greater),
            [">="] = (ComparisonLevel, BinaryOperator.GreaterOrEqual),
            ["|"] = (3, BinaryOperator.BitOr),
            ["^"] = (4, BinaryOperator.BitXor),
            ["&"] = (5, BinaryOperator.BitAnd),
            ["<<"] = (6, BinaryOperator.ShiftLeft),
            [">>"] = (6, BinaryOperator.ShiftRight),
            ["+"] = (7, BinaryOperator.Add),
            ["-"] = (7, BinaryOperator.Subtract),
            ["*"] = (8, BinaryOperator.Multiply),
            ["/"] = (8, BinaryOperator.Divide),
            ["%"] = (8, BinaryOperator.Modulo),
        };

    private readonly ExpressionText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly ExpressionLexer _lexer;
    private Lexeme _token;
    private int _previousEnd;
    private int _depth;

    private ExpressionParser(ExpressionText source, DiagnosticBag diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _lexer = new ExpressionLexer(source, diagnostics);
    }

    /// <summary>Parses the text of <paramref name="scalar"/>, whatever its style.</summary>
    /// <returns>The expression, or null after one diagnostic.</returns>
    public static Expression? Parse(YamlScalar scalar, DiagnosticBag diagnostics) =>
        Parse(ExpressionText.Of(scalar), diagnostics);

    /// <summary>Parses <paramref name="text"/>.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="origin">Where it stands.</param>
    /// <param name="exact">
    /// Whether <paramref name="origin"/> shows the text unchanged on one line, so that its parts have places of their
    /// own; if not, all have <paramref name="origin"/>.
    /// </param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The expression, or null after one diagnostic.</returns>
    public static Expression? Parse(string text, SourceSpan origin, bool exact, DiagnosticBag diagnostics) =>
        Parse(new ExpressionText(text, origin, exact), diagnostics);

    /// <summary>
    /// Parses a reference to a type: <c>name</c>, <c>a::b</c>, <c>name(argument, …)</c> or <c>name[]</c>.
    /// </summary>
    /// <returns>The type with its arguments, or null after one diagnostic.</returns>
    public static (TypeName Type, IReadOnlyList<Expression> Arguments)? ParseTypeReference(
        YamlScalar scalar, DiagnosticBag diagnostics)
    {
        ExpressionParser parser = new(ExpressionText.Of(scalar), diagnostics);
        if (parser._lexer.TryReadTypeName(0) is not { } found)
        {
            diagnostics.Report(
                KsyRules.UnexpectedToken, scalar.Span, "the name of a type", DiagnosticText.Quote(scalar.Text));
            return null;
        }

        parser.Advance(found.End);
        IReadOnlyList<Expression>? arguments = [];
        if (parser._token.Is("(") && !found.Type.IsArray)
        {
            arguments = parser.ParseArguments();
        }

        return arguments is not null && parser.AtEnd() ? (found.Type, arguments) : null;
    }

    /// <summary>Parses the name of a routine: <c>a</c>, <c>a.b</c>, either with <c>(argument, …)</c>.</summary>
    /// <returns>The names at the dots with the arguments, or null after one diagnostic.</returns>
    public static (IReadOnlyList<string> Name, IReadOnlyList<Expression>? Arguments)? ParseRoutine(
        YamlScalar scalar, DiagnosticBag diagnostics)
    {
        ExpressionParser parser = new(ExpressionText.Of(scalar), diagnostics);
        parser.Advance(0);
        List<string> name = [];
        do
        {
            if (name.Count > 0)
            {
                parser.Advance();
            }

            if (parser.TakeName("the name of a routine") is not { } part)
            {
                return null;
            }

            name.Add(part);
        }
        while (parser._token.Is("."));

        if (!parser._token.Is("("))
        {
            return parser.AtEnd() ? (name, null) : null;
        }

        IReadOnlyList<Expression>? arguments = parser.ParseArguments();
        return arguments is not null && parser.AtEnd() ? (name, arguments) : null;
    }

    private static Expression? Parse(ExpressionText source, DiagnosticBag diagnostics)
    {
        ExpressionParser parser = new(source, diagnostics);
        parser.Advance(0);
        if (parser._token.Kind == LexemeKind.End)
        {
            diagnostics.Report(KsyRules.EmptyExpression, source.Origin);
            return null;
        }

        return parser.ParseExpression() is { } expression && parser.AtEnd() ? expression : null;
    }

    private Expression? ParseExpression()
    {
        int start = _token.Start;
        int depth = _depth;
        if (!Enter() || ParseBinary(LoosestLevel) is not { } condition)
        {
            return null;
        }

        if (_token.Is("?"))
        {
            Advance();
            if (ParseExpression() is not { } whenTrue || !Take(":") || ParseExpression() is not { } whenFalse)
            {
                return null;
            }

            condition = new ConditionalExpression(condition, whenTrue, whenFalse, SpanFrom(start));
        }

        _depth = depth;
        return condition;
    }

    private Expression? ParseBinary(int loosest)
    {
        int start = _token.Start;
        int depth = _depth;
        Expression? left = loosest <= ComparisonLevel && _token.IsWord("not") ? ParseNot() : ParseUnary();
        bool compared = false;
        while (left is not null && BinaryOperatorAt(_token) is { } found && found.Level >= loosest)
        {
            if (found.Level == ComparisonLevel && compared)
            {
                _diagnostics.Report(KsyRules.ChainedComparison, SpanOf(_token));
                return null;
            }

            Advance();
            Expression? right = Enter() ? ParseBinary(found.Level + 1) : null;
            left = right is null ? null : new BinaryExpression(found.Operator, left, right, SpanFrom(start));
            compared = found.Level == ComparisonLevel;
        }

        _depth = depth;
        return left;
    }

    private static (int Level, BinaryOperator Operator)? BinaryOperatorAt(Lexeme token) =>
        token.Kind is LexemeKind.Symbol or LexemeKind.Word && BinaryOperators.TryGetValue(token.Text, out var found)
            ? found
            : null;

    private UnaryExpression? ParseNot()
    {
        int start = _token.Start;
        int depth = _depth;
        Advance();
        if (!Enter() || ParseBinary(ComparisonLevel) is not { } operand)
        {
            return null;
        }

        _depth = depth;
        return new UnaryExpression(UnaryOperator.Not, operand, SpanFrom(start));
    }

    private Expression? ParseUnary()
    {
        UnaryOperator? unary = _token.Kind != LexemeKind.Symbol ? null : _token.Text switch
        {
            "+" => UnaryOperator.Plus,
            "-" => UnaryOperator.Minus,
            "~" => UnaryOperator.Complement,
            _ => null,
        };
        if (unary is null)
        {
            return ParsePostfix();
        }

        int start = _token.Start;
        int depth = _depth;
        Advance();
        if (!Enter() || ParseUnary() is not { } operand)
        {
            return null;
        }

        _depth = depth;
        return new UnaryExpression(unary.Value, operand, SpanFrom(start));
    }

    private Expression? ParsePostfix()
    {
        int start = _token.Start;
        int depth = _depth;
        Expression? target = ParseAtom();
        while (target is not null && (_token.Is(".") || _token.Is("[") || _token.Is("(")))
        {
            target = Enter() ? ParsePostfix(target, start) : null;
        }

        _depth = depth;
        return target;
    }

    private Expression? ParsePostfix(Expression target, int start)
    {
        if (_token.Is("["))
        {
            Advance();
            return ParseExpression() is { } index && Take("]") ? new IndexAccess(target, index, SpanFrom(start)) : null;
        }

        if (_token.Is("("))
        {
            if (target is not MemberAccess method)
            {
                _diagnostics.Report(KsyRules.NotAMethod, SpanOf(_token));
                return null;
            }

            return ParseArguments() is { } arguments ? new MethodCall(method, arguments, SpanFrom(start)) : null;
        }

        Advance();
        if (_token.IsWord("as") && _lexer.TryReadTypeArgument(_token.End) is { } found)
        {
            Advance(found.End);
            return new CastExpression(target, found.Type, SpanFrom(start));
        }

        return TakeName("the name of a member") is { } name ? new MemberAccess(target, name, SpanFrom(start)) : null;
    }

    /// <summary>Parses <c>(a, b)</c>, from the opening bracket on; may be empty.</summary>
    private List<Expression>? ParseArguments()
    {
        Advance();
        if (_token.Is(")"))
        {
            Advance();
            return [];
        }

        return ParseList(")", trailingComma: false);
    }

    private List<Expression>? ParseList(string closing, bool trailingComma)
    {
        List<Expression> items = [];
        while (ParseExpression() is { } item)
        {
            items.Add(item);
            bool comma = _token.Is(",");
            if (comma)
            {
                Advance();
            }

            if (!comma || (trailingComma && _token.Is(closing)))
            {
                return Take(closing) ? items : null;
            }
        }

        return null;
    }

    private Expression? ParseAtom()
    {
        Lexeme token = _token;
        switch (token.Kind)
        {
            case LexemeKind.Integer:
                Advance();
                _ = IntegerText.TryParse(token.Text, out var integer);
                return new IntegerLiteral(integer, SpanOf(token));
            case LexemeKind.Float:
                Advance();
                _ = ExpressionLexer.TryParseFloat(token.Text, out double number);
                return new FloatLiteral(number, SpanOf(token));
            case LexemeKind.String:
                return ParseString();
            case LexemeKind.FormatStart:
                return ParseFormatString();
            case LexemeKind.Word:
                return ParseWord();
            case LexemeKind.Symbol when token.Text == "(":
                Advance();
                return ParseExpression() is { } inner && Take(")") ? inner : null;
            case LexemeKind.Symbol when token.Text == "[":
                return ParseArray();
            case LexemeKind.Symbol when token.Text == "::":
                return ParsePath(token.Start, []);
            default:
                return Expected<Expression>("a value");
        }
    }

    private StringLiteral ParseString()
    {
        int start = _token.Start;
        List<string> parts = [];
        while (_token.Kind == LexemeKind.String)
        {
            parts.Add(_token.Text);
            Advance();
        }

        return new StringLiteral(string.Concat(parts), SpanFrom(start));
    }

    private FormatString? ParseFormatString()
    {
        int start = _token.Start;
        List<Expression> parts = [];
        int position = _token.End;
        while (true)
        {
            Lexeme text = _lexer.ReadFormatText(position);
            if (text.Kind == LexemeKind.Error)
            {
                _token = text;
                return null;
            }

            if (text.Text.Length > 0)
            {
                parts.Add(new StringLiteral(text.Text, SpanOf(text)));
            }

            Advance(text.End + 1);
            if (_source.Text[text.End] == '"')
            {
                return new FormatString(parts, SpanFrom(start));
            }

            if (ParseExpression() is not { } part)
            {
                return null;
            }

            parts.Add(part);
            if (!_token.Is("}"))
            {
                return Expected<FormatString>("'}'");
            }

            position = _token.End;
        }
    }

    private ArrayLiteral? ParseArray()
    {
        int start = _token.Start;
        Advance();
        IReadOnlyList<Expression>? elements = [];
        if (_token.Is("]"))
        {
            Advance();
        }
        else
        {
            elements = ParseList("]", trailingComma: true);
        }

        return elements is null ? null : new ArrayLiteral(elements, SpanFrom(start));
    }

    /// <summary>Parses what begins with a word: a name, a truth value, the size of a type, or a label.</summary>
    private Expression? ParseWord()
    {
        Lexeme word = _token;
        if (word.Text is "sizeof" or "bitsizeof" && _lexer.TryReadTypeArgument(word.End) is { } found)
        {
            Advance(found.End);
            return new SizeOfType(found.Type, word.Text == "bitsizeof", SpanFrom(word.Start));
        }

        if (word.Text is "and" or "or" or "not")
        {
            return Expected<Expression>("a value");
        }

        if (TakeName("a value") is not { } first)
        {
            return null;
        }

        if (!_token.Is("::"))
        {
            return first is "true" or "false"
                ? new BooleanLiteral(first == "true", SpanOf(word))
                : new NameReference(first, SpanOf(word));
        }

        return ParsePath(word.Start, [first]);
    }

    /// <summary>Parses the names of a label behind the first ones, from a <c>::</c> on.</summary>
    private EnumLabel? ParsePath(int start, List<string> path)
    {
        bool isAbsolute = path.Count == 0;
        while (_token.Is("::"))
        {
            Advance();
            if (TakeName("the name of a type, an enumeration or a label") is not { } name)
            {
                return null;
            }

            path.Add(name);
        }

        int last = path.Count - 1;
        return last == 0
            ? Expected<EnumLabel>("'::'")
            : new EnumLabel(path.GetRange(0, last - 1), path[last - 1], path[last], SpanFrom(start))
            {
                IsAbsolute = isAbsolute,
            };
    }

    private string? TakeName(string what)
    {
        Lexeme word = _token;
        if (word.Kind != LexemeKind.Word)
        {
            return Expected<string>(what);
        }

        if (!NamePattern.IsName(word.Text) && !NamePattern.IsSpecialName(word.Text))
        {
            _diagnostics.Report(KsyRules.InvalidExpressionName, SpanOf(word), DiagnosticText.Quote(word.Text));
            return null;
        }

        Advance();
        return word.Text;
    }

    private bool Take(string symbol)
    {
        if (!_token.Is(symbol))
        {
            Expected<string>($"'{symbol}'");
            return false;
        }

        Advance();
        return true;
    }

    private bool AtEnd() => _token.Kind == LexemeKind.End || Expected<string>("the end of the expression") is not null;

    private T? Expected<T>(string what)
        where T : class
    {
        if (_token.Kind != LexemeKind.Error)
        {
            string found = _token.Kind == LexemeKind.End
                ? "the end of the expression"
                : DiagnosticText.Quote(_source.Text.Substring(_token.Start, _token.End - _token.Start));
            _diagnostics.Report(KsyRules.UnexpectedToken, SpanOf(_token), what, found);
        }

        return null;
    }

    private bool Enter()
    {
        if (++_depth <= MaxDepth)
        {
            return true;
        }

        _diagnostics.Report(
            KsyRules.ExpressionTooDeep, SpanOf(_token), MaxDepth.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    private void Advance() => Advance(_token.End);

    private void Advance(int position)
    {
        _previousEnd = position;
        _token = _lexer.Read(position);
    }

    private SourceSpan SpanOf(Lexeme token) => _source.Span(token.Start, token.End);

    private SourceSpan SpanFrom(int start) => _source.Span(start, _previousEnd);
}
