using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Tests;

/// <summary>No text makes the front end throw, and it never refuses without a reason inside the text.</summary>
public sealed class RobustnessTests
{
    private const string Seed = """
        meta: {id: a, endian: le, imports: [b], ks-version: "0.11", -note: x}
        doc: |
          Some text.
        params: [{id: p, type: 'c::d[]'}]
        seq:
          - id: magic
            contents: [13, 0x0a, 'text', "\x00"]
          - {id: n, type: u4, enum: e, valid: {in-enum: true}}
          - {id: s, type: str, size: 'n * 2 + (p.size << 1)', encoding: UTF-8, terminator: [0, 0], pad-right: 32}
          - id: body
            if: n != 0 and not (s == "x\n" or s == 'y')
            type:
              switch-on: n
              cases: {0x10: t(1, "q"), 'e::one': u8, _: t(0, f"a{n}b")}
            repeat: until
            repeat-until: _.x[0].as<t>.y < sizeof<t> ? true : false
            valid: {expr: _ >= -1.5e3}
        types:
          t: {instances: {v: {value: "[1, 2, 3].last & ~0xff | 1 ^ 2"}}}
        enums:
          e: {1: one, 0b10: {id: two, doc: Two}}
        """;

    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ":", ": ", ",", "- ", "? ", "|\n", ">-\n", "\"", "'", "&a ", "*a", "!t ", "!<",
        "---\n", "...\n", "%YAML 1.2\n", "#", "\t", "\r", "\n", "\0", "\uFEFF", "\uD800", "\u2028",
        "\\", "\\u", "0x", "1e",
        "(", ")", "f\"{",
        ".", ".as<", "::", "<", ">>", "not ", " or ", "==", "-x: 1\n", "\U0001F600", "~", "<<: ",
    ];

    [Property(MaxTest = 1000)]
    public void AnyText(string text) => Check(text ?? "");

    [Property(MaxTest = 300)]
    public void AnyBytes(byte[] bytes) => Check(System.Text.Encoding.Latin1.GetString(bytes));

    [Property(MaxTest = 3000)]
    public Property ChangedSpecification() => Prop.ForAll(Changes().ToArbitrary(), Check);

    [Property(MaxTest = 3000)]
    public Property AnyExpression() => Prop.ForAll(
        Gen.Elements(Pieces.Concat(["a", "1", " ", "+", "1.5", "as", "sizeof", "_"]))
            .ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            DiagnosticBag diagnostics = new("spec.ksy");
            SourceSpan origin = new(0, text.Length, 0, 0, 0, text.Length);
            Expression? expression = ExpressionParser.Parse(text, origin, exact: true, diagnostics);
            Assert.Equal(expression is null ? 1 : 0, diagnostics.Items.Count);
            CheckSpans(diagnostics, text);
        });

    private static Gen<string> Changes()
    {
        Gen<(int At, int Removed, string Piece)> change =
            from at in Gen.Choose(0, Seed.Length)
            from removed in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 12)))
            from piece in Gen.Elements(Pieces.Append(""))
            select (at, removed, piece);
        return from changes in change.NonEmptyListOf()
               from windows in Gen.Elements(false, true)
               select Apply(changes.Take(6), windows);
    }

    private static string Apply(IEnumerable<(int At, int Removed, string Piece)> changes, bool windows)
    {
        string text = Seed;
        foreach ((int at, int removed, string piece) in changes)
        {
            int start = Math.Min(at, text.Length);
            text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, piece);
        }

        return windows ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
    }

    private static void Check(string text)
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        SpecSyntax? spec = SpecParser.Parse("spec.ksy", text, diagnostics);
        Assert.True(spec is not null || diagnostics.HasErrors);
        CheckSpans(diagnostics, text);
    }

    private static void CheckSpans(DiagnosticBag diagnostics, string text)
    {
        foreach (KsyDiagnostic item in diagnostics.Items)
        {
            Assert.InRange(item.Span.Start, 0, text.Length);
            Assert.InRange(item.Span.Length, 0, text.Length - item.Span.Start);
            Assert.DoesNotContain('\n', item.Message);
        }
    }
}
