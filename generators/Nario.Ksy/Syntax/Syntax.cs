using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>A name with its place.</summary>
public sealed record Identifier(string Text, SourceSpan Span);

/// <summary>A key that begins with <c>-</c>: the official tools ignore it, ours may give it a meaning.</summary>
public sealed record AnnotationSyntax(string Key, YamlNode Value, SourceSpan Span);

/// <summary>A specification file as written: keys known, scalars read as what they must be, nothing resolved.</summary>
public sealed record SpecSyntax(string File, MetaSyntax Meta, TypeSyntax Root);

/// <summary>The <c>meta</c> of a file or a type.</summary>
/// <param name="Id">Required in a file; null in a type.</param>
/// <param name="Title">Human-readable name.</param>
/// <param name="Endian"><c>le</c>, <c>be</c>, or null when absent. A switchable endianness is reported as unsupported.</param>
/// <param name="Encoding">Default encoding.</param>
/// <param name="Imports">Names of imported files, as written.</param>
/// <param name="Span">The mapping's place.</param>
public sealed record MetaSyntax(Identifier? Id, string? Title, Endianness? Endian, string? Encoding, IReadOnlyList<Identifier> Imports, SourceSpan Span);

/// <summary>Order of an integer's bytes.</summary>
public enum Endianness
{
    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,
}

/// <summary>A user-defined type: the file's own or one under <c>types</c>.</summary>
public sealed record TypeSyntax(
    Identifier? Name,
    MetaSyntax? Meta,
    string? Doc,
    IReadOnlyList<ParameterSyntax> Parameters,
    IReadOnlyList<AttributeSyntax> Sequence,
    IReadOnlyList<InstanceSyntax> Instances,
    IReadOnlyList<TypeSyntax> Types,
    IReadOnlyList<EnumSyntax> Enums,
    IReadOnlyList<AnnotationSyntax> Annotations,
    SourceSpan Span);

/// <summary>A parameter of a type; <paramref name="Type"/> null means bytes.</summary>
public sealed record ParameterSyntax(Identifier Id, TypeReferenceSyntax? Type, Identifier? Enum, string? Doc, SourceSpan Span);

/// <summary>An element of <c>seq</c>.</summary>
/// <param name="Id">Null when the field has no name.</param>
/// <param name="Doc">Documentation.</param>
/// <param name="Type">Null means bytes.</param>
/// <param name="Contents">Exact bytes, or null.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="SizeToEnd"><c>size-eos: true</c>.</param>
/// <param name="Terminator">Single or multi-byte terminator, or null.</param>
/// <param name="Consume"><c>consume</c>, true when absent.</param>
/// <param name="Include"><c>include</c>, false when absent.</param>
/// <param name="EosError"><c>eos-error</c>, true when absent.</param>
/// <param name="PadRight"><c>pad-right</c>.</param>
/// <param name="Encoding">Of this field.</param>
/// <param name="Enum">Name of the enumeration of an integer, as written (may hold <c>::</c>).</param>
/// <param name="Condition"><c>if</c>.</param>
/// <param name="Repeat">Repetition, or null.</param>
/// <param name="Validation"><c>valid</c>, or null.</param>
/// <param name="Annotations">Keys that begin with <c>-</c>.</param>
/// <param name="Span">The mapping's place.</param>
public sealed record AttributeSyntax(
    Identifier? Id,
    string? Doc,
    TypeReferenceSyntax? Type,
    ContentsSyntax? Contents,
    Expression? Size,
    bool SizeToEnd,
    ContentsSyntax? Terminator,
    bool Consume,
    bool Include,
    bool EosError,
    byte? PadRight,
    string? Encoding,
    Identifier? Enum,
    Expression? Condition,
    RepeatSyntax? Repeat,
    ValidationSyntax? Validation,
    IReadOnlyList<AnnotationSyntax> Annotations,
    SourceSpan Span);

/// <summary>An element of <c>instances</c> that is computed (<c>value</c>). One that is parsed is reported as unsupported.</summary>
public sealed record InstanceSyntax(
    Identifier Id, string? Doc, Expression Value, Identifier? Enum, Expression? Condition,
    IReadOnlyList<AnnotationSyntax> Annotations, SourceSpan Span);

/// <summary>Literal bytes, encoded.</summary>
public sealed record ContentsSyntax(IReadOnlyList<byte> Bytes, SourceSpan Span);

/// <summary>What stands under <c>type</c>.</summary>
public abstract record TypeReferenceSyntax(SourceSpan Span);

/// <summary>A name: a built-in (<c>u4le</c>, <c>str</c>, <c>b3</c>), or a type with arguments.</summary>
public sealed record NamedTypeSyntax(TypeName Name, IReadOnlyList<Expression> Arguments, SourceSpan Span) : TypeReferenceSyntax(Span);

/// <summary>A type that depends on a value.</summary>
public sealed record SwitchTypeSyntax(Expression On, IReadOnlyList<SwitchCaseSyntax> Cases, SourceSpan Span) : TypeReferenceSyntax(Span);

/// <summary>One case; <paramref name="Value"/> null is the default, <c>_</c>.</summary>
public sealed record SwitchCaseSyntax(Expression? Value, NamedTypeSyntax Type, SourceSpan Span);

/// <summary>How often a field occurs.</summary>
public abstract record RepeatSyntax(SourceSpan Span);

/// <summary>To the end of the stream.</summary>
public sealed record RepeatToEnd(SourceSpan Span) : RepeatSyntax(Span);

/// <summary>So many times.</summary>
public sealed record RepeatCount(Expression Count, SourceSpan Span) : RepeatSyntax(Span);

/// <summary>Until the condition holds of the element just read (<c>_</c>), which belongs to the list.</summary>
public sealed record RepeatUntil(Expression Condition, SourceSpan Span) : RepeatSyntax(Span);

/// <summary>A rule under <c>valid</c>.</summary>
public abstract record ValidationSyntax(SourceSpan Span);

/// <summary>Equal to a value.</summary>
public sealed record ValidEqual(Expression Value, SourceSpan Span) : ValidationSyntax(Span);

/// <summary>Between two values, both allowed; either may be null, not both.</summary>
public sealed record ValidRange(Expression? Minimum, Expression? Maximum, SourceSpan Span) : ValidationSyntax(Span);

/// <summary>One of some values.</summary>
public sealed record ValidAnyOf(IReadOnlyList<Expression> Values, SourceSpan Span) : ValidationSyntax(Span);

/// <summary>A member of the field's enumeration.</summary>
public sealed record ValidMember(SourceSpan Span) : ValidationSyntax(Span);

/// <summary>A condition on the value (<c>_</c>).</summary>
public sealed record ValidExpression(Expression Condition, SourceSpan Span) : ValidationSyntax(Span);

/// <summary>An enumeration.</summary>
public sealed record EnumSyntax(Identifier Name, string? Doc, IReadOnlyList<EnumMemberSyntax> Members, SourceSpan Span);

/// <summary>One value of an enumeration.</summary>
public sealed record EnumMemberSyntax(long Value, string Label, string? Doc, SourceSpan Span);
