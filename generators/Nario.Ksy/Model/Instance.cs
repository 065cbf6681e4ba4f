using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Model;

/// <summary>
/// An element of <c>instances</c>, evaluated when it is first used. The hierarchy is closed: a dispatch names every case
/// and throws for any other.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Span">Where its name stands.</param>
public abstract record Instance(string Name, string? Doc, SourceSpan Span)
{
    /// <summary>The type of the value.</summary>
    public abstract DataType Type { get; }

    /// <summary>Whether the value can be absent.</summary>
    public abstract bool IsOptional { get; }
}

/// <summary>A value that is computed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The computation; an <c>enum</c> is a <see cref="CastOperation"/> around it.</param>
/// <param name="Condition">When there is a value at all (<c>if</c>), or null for always.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Span">Where its name stands.</param>
public sealed record ValueInstance(
    string Name,
    BoundExpression Value,
    BoundExpression? Condition,
    string? Doc,
    SourceSpan Span) : Instance(Name, Doc, Span)
{
    /// <inheritdoc/>
    public override DataType Type => Value.Type;

    /// <inheritdoc/>
    public override bool IsOptional => Condition is not null;
}

/// <summary>A value that is read, from where the stream stands or from elsewhere.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Field">What is read; it has the instance's name and its condition.</param>
/// <param name="Position">
/// Where it begins, in bytes from the start of the stream, which afterwards stands again where it stood; null for where
/// the stream stands, which then moves on.
/// </param>
/// <param name="Io">The stream; null for that of the object.</param>
/// <param name="Span">Where its name stands.</param>
public sealed record ParsedInstance(
    string Name,
    Field Field,
    BoundExpression? Position,
    BoundExpression? Io,
    SourceSpan Span) : Instance(Name, Field.Doc, Span)
{
    /// <inheritdoc/>
    public override DataType Type => Field.Type;

    /// <inheritdoc/>
    public override bool IsOptional => Field.IsOptional;
}
