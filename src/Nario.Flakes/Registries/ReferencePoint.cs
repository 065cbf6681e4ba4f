using System.Diagnostics;
using Nario.Flakes.References;

namespace Nario.Flakes.Registries;

/// <summary>The branch, tag and commit of a reference of any type.</summary>
internal static class ReferencePoint
{
    /// <summary>Gets the branch or tag, or null.</summary>
    internal static string? GetRef(this FlakeReference reference) => reference switch
    {
        IndirectReference indirect => indirect.Ref,
        GitReference git => git.Ref,
        MercurialReference mercurial => mercurial.Ref,
        ForgeReference forge => forge.Ref,
        PathReference or TarballReference or FileReference => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>Makes the same reference with another branch or tag, and another commit.</summary>
    internal static FlakeReference WithPoint(this FlakeReference reference, string? branch, string? rev) => reference switch
    {
        IndirectReference indirect => indirect with { Ref = branch, Rev = rev },
        GitReference git => git with { Ref = branch, Rev = rev },
        MercurialReference mercurial => mercurial with { Ref = branch, Rev = rev },
        ForgeReference forge => forge with { Ref = branch, Rev = rev },
        PathReference or TarballReference or FileReference => reference with { Rev = rev },
        _ => throw new UnreachableException(),
    };
}
