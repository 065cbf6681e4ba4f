namespace Nario.Ksy.Model;

/// <summary>
/// Where bytes end. The hierarchy is closed: a dispatch names every case and throws for any other. Where there is a
/// size, these bytes are read first; padding is taken off their end, and then what follows the first occurrence of the
/// terminator.
/// </summary>
public abstract record Extent;

/// <summary>A number of bytes.</summary>
/// <param name="Size">An integer, in bytes.</param>
/// <param name="Terminator">What ends the value within these bytes; null when nothing does.</param>
/// <param name="Padding">The byte that fills them behind the value, or null.</param>
public sealed record SizedExtent(BoundExpression Size, Terminator? Terminator, byte? Padding) : Extent;

/// <summary>To the end of the stream.</summary>
/// <param name="Terminator">What ends the value within these bytes; null when nothing does.</param>
/// <param name="Padding">The byte that fills them behind the value, or null.</param>
public sealed record ToEndExtent(Terminator? Terminator, byte? Padding) : Extent;

/// <summary>To the first occurrence of a terminator, and no further.</summary>
public sealed record TerminatedExtent(Terminator Terminator) : Extent;

/// <summary>Bytes that end other bytes.</summary>
/// <param name="Bytes">At least one byte; an occurrence begins at a multiple of their number from the field's start.</param>
/// <param name="Include">Whether they belong to the value.</param>
/// <param name="Consume">Whether the field ends behind them rather than before them; of no effect within a size.</param>
/// <param name="EosError">Whether it is an error that they are missing; of no effect within a size.</param>
public sealed record Terminator(ValueList<byte> Bytes, bool Include, bool Consume, bool EosError);
