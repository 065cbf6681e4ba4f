namespace Nario.Codec.Tests.Trees;

/// <summary>How many bytes the reads of a stream give.</summary>
public sealed record ReadSizes(int[] Sizes)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Sizes);
}
