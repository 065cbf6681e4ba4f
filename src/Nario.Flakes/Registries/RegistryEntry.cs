using Nario.Flakes.References;

namespace Nario.Flakes.Registries;

/// <summary>One line of a registry.</summary>
/// <param name="From">What is replaced.</param>
/// <param name="To">What takes its place.</param>
/// <param name="IsExact">Whether only a reference that is equal is replaced; else one with a branch, tag or commit more
/// too, which goes on to the other reference.</param>
public sealed record RegistryEntry(FlakeReference From, FlakeReference To, bool IsExact)
{
    /// <summary>Replaces a reference.</summary>
    /// <param name="reference">The reference, without a folder in the tree.</param>
    /// <returns>The other reference; null when the entry is not for this one.</returns>
    /// <exception cref="FlakeException">The other reference cannot have a branch, tag or commit.</exception>
    internal FlakeReference? TryReplace(FlakeReference reference)
    {
        if (IsExact)
        {
            return From == reference ? To : null;
        }

        if (From != reference && From != reference.WithPoint(null, null))
        {
            return null;
        }

        string? branch = From.GetRef() is null ? reference.GetRef() : null;
        string? rev = From.Rev is null ? reference.Rev : null;
        return branch is null && rev is null ? To : Apply(To, branch, rev);
    }

    private static FlakeReference Apply(FlakeReference target, string? branch, string? rev)
    {
        string shown = target.ToPublicText();
        switch (target)
        {
            case ForgeReference forge:
                if (branch is not null && rev is not null)
                {
                    throw new FlakeException(
                        $"cannot apply both a commit hash ({rev}) and a branch/tag name ('{Store.EscapedText.FromText(branch)}') "
                        + $"to input '{shown}'");
                }

                return forge with { Ref = branch, Rev = rev };
            case GitReference or MercurialReference or IndirectReference:
                return target.WithPoint(branch ?? target.GetRef(), rev ?? target.Rev);
            case PathReference or TarballReference or FileReference:
                throw new FlakeException(branch is not null
                    ? $"don't know how to set branch/tag name of input '{shown}' to '{Store.EscapedText.FromText(branch)}'"
                    : $"don't know how to set revision of input '{shown}' to '{rev}'");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
