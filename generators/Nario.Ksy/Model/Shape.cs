namespace Nario.Ksy.Model;

/// <summary>The kind of code that a specification becomes.</summary>
public enum Shape
{
    /// <summary>A <c>ref struct</c> over a span that allocates nothing.</summary>
    View,

    /// <summary>A resumable reader and a writer, a token at a time.</summary>
    Stream,

    /// <summary>Objects that own their data.</summary>
    Class,
}
