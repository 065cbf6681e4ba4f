using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>An element of <c>seq</c>, or what a parsed instance reads.</summary>
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
    SourceSpan Span)
{
    /// <summary>Where <see cref="Encoding"/> stands.</summary>
    public Identifier? EncodingName { get; init; }

    /// <summary><c>process</c>, or null.</summary>
    public ProcessSyntax? Process { get; init; }

    /// <summary><c>parent</c>, or null.</summary>
    public ParentSyntax? Parent { get; init; }

    /// <summary>Where each key stands, those included whose value could not be read.</summary>
    public IReadOnlyDictionary<string, SourceSpan> Keys { get; init; } = new Dictionary<string, SourceSpan>();
}
