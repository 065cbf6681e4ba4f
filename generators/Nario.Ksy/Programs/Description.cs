namespace Nario.Ksy.Programs;

/// <summary>What is expected at a place, in words and numbers.</summary>
/// <param name="Parts">Texts and values in turn.</param>
public sealed record Description(IReadOnlyList<DescriptionPart> Parts)
{
    /// <summary>A description without values.</summary>
    public static Description Of(string text) => new([new DescriptionPart(text, null)]);
}
