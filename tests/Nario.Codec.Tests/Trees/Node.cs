namespace Nario.Codec.Tests.Trees;

/// <summary>A file system object in memory.</summary>
public abstract record Node
{
    /// <inheritdoc/>
    public sealed override string ToString() => Wire.Show(Wire.Nar(this));
}
