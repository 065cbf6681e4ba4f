using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Tests;

/// <summary>The grammar of expressions: precedence, literals, postfixes, places.</summary>
public sealed class ExpressionParserTests
{
    private static readonly string[] Loosest =
        ["or", "and", "==", "|", "^", "&", "<<", "+", "*"];

    [Fact]
    public void BinaryOperators_BindByLevel()
    {
        for (int loose = 0; loose < Loosest.Length; loose++)
        {
            for (int tight = loose + 1; tight < Loosest.Length; tight++)
            {
                (string outer, string inner) = (Loosest[loose], Loosest[tight]);
                Assert.Equal(Parse($"a {outer} (b {inner} c)"), Parse($"a {outer} b {inner} c"));
                Assert.Equal(Parse($"(a {inner} b) {outer} c"), Parse($"a {inner} b {outer} c"));
                Assert.NotEqual(Parse($"(a {outer} b) {inner} c"), Parse($"a {outer} b {inner} c"));
            }
        }
    }

    [Theory]
    [InlineData("or", "or")]
    [InlineData("and", "and")]
    [InlineData("|", "|")]
    [InlineData("^", "^")]
    [InlineData("&", "&")]
    [InlineData("<<", ">>")]
    [InlineData("-", "+")]
    [InlineData("/", "*")]
    [InlineData("*", "%")]
    public void BinaryOperators_AssociateToTheLeft(string first, string second)
    {
        Assert.Equal(Parse($"(a {first} b) {second} c"), Parse($"a {first} b {second} c"));
        Assert.Equal(Parse($"(a {second} b) {first} c"), Parse($"a {second} b {first} c"));
    }

    [Theory]
    [InlineData("a == b", "(a Equal b)")]
    [InlineData("a != b", "(a NotEqual b)")]
    [InlineData("a < b", "(a Less b)")]
    [InlineData("a <= b", "(a LessOrEqual b)")]
    [InlineData("a > b", "(a Greater b)")]
    [InlineData("a >= b", "(a GreaterOrEqual b)")]
    [InlineData("a | b ^ c & d", "(a BitOr (b BitXor (c BitAnd d)))")]
    [InlineData("a << b >> c", "((a ShiftLeft b) ShiftRight c)")]
    [InlineData("a + b - c", "((a Add b) Subtract c)")]
    [InlineData("a * b / c % d", "(((a Multiply b) Divide c) Modulo d)")]
    [InlineData("a or b and c", "(a Or (b And c))")]
    [InlineData("not a and b", "((Not a) And b)")]
    [InlineData("not a == b", "(Not (a Equal b))")]
    [InlineData("(not a) == b", "((Not a) Equal b)")]
    [InlineData("not not a or b", "((Not (Not a)) Or b)")]
    [InlineData("a and not b == c", "(a And (Not (b Equal c)))")]
    [InlineData("(a < b) < c", "((a Less b) Less c)")]
    [InlineData("-a + b", "((Minus a) Add b)")]
    [InlineData("-a * b", "((Minus a) Multiply b)")]
    [InlineData("-a.b", "(Minus a.b)")]
    [InlineData("~-+a", "(Complement (Minus (Plus a)))")]
    [InlineData("a - -1", "(a Subtract (Minus 1))")]
    [InlineData("a or b ? c : d", "((a Or b) ? c : d)")]
    [InlineData("a ? b : c ? d : e", "(a ? b : (c ? d : e))")]
    [InlineData("a ? b ? c : d : e", "(a ? (b ? c : d) : e)")]
    [InlineData("a?b:c", "(a ? b : c)")]
    [InlineData("a ? b::c : d::e", "(a ? enum(;b;c) : enum(;d;e))")]
    [InlineData("(8 - length % 8) % 8", "((8 Subtract (length Modulo 8)) Modulo 8)")]
    [InlineData("notable and android or order", "((notable And android) Or order)")]
    public void Operators(string text, string expected) => Assert.Equal(expected, Parse(text));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("1_000", "1000")]
    [InlineData("0xff_FF", "65535")]
    [InlineData("0X_1f", "31")]
    [InlineData("0b10_1", "5")]
    [InlineData("0o17", "15")]
    [InlineData("1.5", "1.5f")]
    [InlineData(".5", "0.5f")]
    [InlineData("1.", "1f")]
    [InlineData("1e3", "1000f")]
    [InlineData("1.5e-3", "0.0015f")]
    [InlineData("2E+2", "200f")]
    [InlineData("0x1e+3", "(30 Add 3)")]
    [InlineData("1.to_s", "1.to_s")]
    [InlineData("1. to_s", "1.to_s")]
    [InlineData("1.5.to_i", "1.5f.to_i")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("'a\\n\"'", "\"a\\n\"\"")]
    [InlineData("\"a\" 'b'\"c\"", "\"abc\"")]
    [InlineData("\"\\a\\b\\t\\n\\v\\f\\r\\e\\\"\\'\\\\\"", "\"\a\b\t\n\v\f\r\u001b\"'\\\"")]
    [InlineData("\"\\0\\62\\1234\\u263b\"", "\"\0\u0032\u029c\u263b\"")]
    [InlineData("\"{a}\"", "\"{a}\"")]
    [InlineData("[1, 2,]", "[1, 2]")]
    [InlineData("[]", "[]")]
    [InlineData("[[1], \"a\"]", "[[1], \"a\"]")]
    [InlineData("f\"\"", "f()")]
    [InlineData("f\"a{b + 1}c\\n}\"", "f(\"a\", (b Add 1), \"c\n}\")")]
    [InlineData("f\"{a}{'}'}\"", "f(a, \"}\")")]
    [InlineData("f\"{f\"{\"x\"}\"}\"", "f(f(\"x\"))")]
    [InlineData("f\"a\" + f", "(f(\"a\") Add f)")]
    public void Literals(string text, string expected) => Assert.Equal(expected, Parse(text));

    [Theory]
    [InlineData("_", "_")]
    [InlineData("_io.eof", "_io.eof")]
    [InlineData("_root._parent._index", "_root._parent._index")]
    [InlineData("a.b._sizeof", "a.b._sizeof")]
    [InlineData("a[b + 1].c[0][1]", "a[(b Add 1)].c[0][1]")]
    [InlineData("a.to_s(\"x\", 1)", "a.to_s(\"x\", 1)")]
    [InlineData("a.b()", "a.b()")]
    [InlineData("\"a\".length", "\"a\".length")]
    [InlineData("[1].first", "[1].first")]
    [InlineData("(a + b).c", "(a Add b).c")]
    [InlineData("a . b", "a.b")]
    [InlineData("a.not", "a.not")]
    [InlineData("a.as<b>.c", "a.as<b>.c")]
    [InlineData("a.as< b :: c >", "a.as<b::c>")]
    [InlineData("a.as<b::c[]>.first", "a.as<b::c[]>.first")]
    [InlineData("a.as<b>>c", "(a.as<b> Greater c)")]
    [InlineData("a.as < 3", "(a.as Less 3)")]
    [InlineData("a.as < b", "(a.as Less b)")]
    [InlineData("a.as", "a.as")]
    [InlineData("sizeof<a::b>", "sizeof<a::b>")]
    [InlineData("sizeof<a>==3", "(sizeof<a> Equal 3)")]
    [InlineData("bitsizeof<u4>", "bitsizeof<u4>")]
    [InlineData("sizeof + 1", "(sizeof Add 1)")]
    [InlineData("sizeof < a", "(sizeof Less a)")]
    [InlineData("a::b", "enum(;a;b)")]
    [InlineData("a::b::c::d", "enum(a.b;c;d)")]
    [InlineData("a::b.to_i", "enum(;a;b).to_i")]
    [InlineData("a\n  + \\\n b\t", "(a Add b)")]
    public void Postfixes(string text, string expected) => Assert.Equal(expected, Parse(text));

    [Fact]
    public void Spans_AreExactInsideOneLine()
    {
        const string Text = "a.b + f\"x{cd}\"[ 1 ] ? sizeof<e::f> : -g.as<h[]>.i(2)";
        ConditionalExpression conditional = Assert.IsType<ConditionalExpression>(
            ParseAt(Text, new SourceSpan(100, Text.Length, 7, 20, 7, 20 + Text.Length), exact: true));
        BinaryExpression sum = Assert.IsType<BinaryExpression>(conditional.Condition);
        IndexAccess index = Assert.IsType<IndexAccess>(sum.Right);
        FormatString format = Assert.IsType<FormatString>(index.Target);
        SizeOfType size = Assert.IsType<SizeOfType>(conditional.WhenTrue);
        UnaryExpression minus = Assert.IsType<UnaryExpression>(conditional.WhenFalse);
        MethodCall call = Assert.IsType<MethodCall>(minus.Operand);
        CastExpression cast = Assert.IsType<CastExpression>(call.Method.Target);

        Check(conditional.Span, Text);
        Check(sum.Span, "a.b + f\"x{cd}\"[ 1 ]");
        Check(sum.Left.Span, "a.b");
        Check(index.Span, "f\"x{cd}\"[ 1 ]");
        Check(index.Index.Span, "1");
        Check(format.Span, "f\"x{cd}\"");
        Check(format.Parts[0].Span, "x");
        Check(format.Parts[1].Span, "cd");
        Check(size.Span, "sizeof<e::f>");
        Check(size.Type.Span, "e::f");
        Check(minus.Span, "-g.as<h[]>.i(2)");
        Check(call.Span, "g.as<h[]>.i(2)");
        Check(call.Method.Span, "g.as<h[]>.i");
        Check(call.Arguments[0].Span, "2");
        Check(cast.Span, "g.as<h[]>");
        Check(cast.Type.Span, "h[]");

        static void Check(SourceSpan span, string part)
        {
            int at = Text.IndexOf(part, StringComparison.Ordinal);
            Assert.Equal(
                new SourceSpan(100 + at, part.Length, 7, 20 + at, 7, 20 + at + part.Length), span);
        }
    }

    [Fact]
    public void Spans_AreTheWholeElsewhere()
    {
        SourceSpan origin = new(5, 40, 1, 2, 3, 4);
        BinaryExpression sum = Assert.IsType<BinaryExpression>(ParseAt("a\n+ b", origin, exact: false));
        Assert.Equal(origin, sum.Span);
        Assert.Equal(origin, sum.Right.Span);
    }

    [Fact]
    public void WideArrays_AreNotDeep()
    {
        string text = "[" + string.Join(", ", Enumerable.Range(0, 5000)) + "]";
        ArrayLiteral array = Assert.IsType<ArrayLiteral>(ParseAt(text, default, exact: false));
        Assert.Equal(5000, array.Elements.Count);
    }

    private static string Parse(string text) => ExpressionWriter.Write(ParseAt(text, default, exact: false));

    private static Expression? ParseAt(string text, SourceSpan origin, bool exact)
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        Expression? expression = ExpressionParser.Parse(text, origin, exact, diagnostics);
        Assert.Empty(diagnostics.Items);
        return expression;
    }
}
