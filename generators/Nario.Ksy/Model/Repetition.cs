namespace Nario.Ksy.Model;

/// <summary>
/// How often a field occurs. The hierarchy is closed: a dispatch names every case and throws for any other.
/// </summary>
public abstract record Repetition;

/// <summary>To the end of the stream.</summary>
public sealed record RepeatedToEnd : Repetition;

/// <summary>A number of times.</summary>
/// <param name="Count">An integer, evaluated once, before the first element.</param>
public sealed record RepeatedCount(BoundExpression Count) : Repetition;

/// <summary>Until a condition holds of the element just read, which belongs to the list.</summary>
/// <param name="Condition">A truth value; <see cref="ItemReference"/> in it is the element.</param>
public sealed record RepeatedUntil(BoundExpression Condition) : Repetition;
