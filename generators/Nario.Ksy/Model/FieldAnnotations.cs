namespace Nario.Ksy.Model;

/// <summary>The keys of a field that begin with <c>-</c> and that we give a meaning.</summary>
/// <param name="IsStreamed"><c>-stream: true</c>: the bytes are handed out in pieces as they arrive.</param>
/// <param name="AscendingBy">
/// <c>-ascending</c>: bytes of the field before this one, each of which must be greater than that of the list's element
/// before; null when absent.
/// </param>
public sealed record FieldAnnotations(bool IsStreamed, BoundExpression? AscendingBy)
{
    /// <summary>None of them.</summary>
    public static FieldAnnotations None { get; } = new(false, null);
}
