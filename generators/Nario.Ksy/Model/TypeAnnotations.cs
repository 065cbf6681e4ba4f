namespace Nario.Ksy.Model;

/// <summary>The keys of a type that begin with <c>-</c> and that we give a meaning.</summary>
/// <param name="Shape"><c>-shape</c>, of a specification's own type: the code that is asked for; null for the default.</param>
/// <param name="MaximumDepth"><c>-max-depth</c>: how often the type may contain itself, or null.</param>
/// <param name="MaximumSize"><c>-max-size</c>: most bytes of an object in the input, or null.</param>
public sealed record TypeAnnotations(Shape? Shape, long? MaximumDepth, long? MaximumSize)
{
    /// <summary>None of them.</summary>
    public static TypeAnnotations None { get; } = new(null, null, null);
}
