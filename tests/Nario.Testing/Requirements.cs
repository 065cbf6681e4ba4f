namespace Nario.Testing;

/// <summary>Finds out what is there of the things that tests need.</summary>
internal static class Requirements
{
    /// <summary>Gets why a test cannot run, or null when it can.</summary>
    internal static string? DescribeMissing(Needs needs)
    {
        if (needs.HasFlag(Needs.Nix) && !NixProgram.IsInstalled)
        {
            return "nix-store is not installed";
        }

        if (needs.HasFlag(Needs.Shared) && TestFiles.Shared is null)
        {
            return "the shared vectors are not there: neither in ../shared nor where NARIO_SHARED says";
        }

        return needs.HasFlag(Needs.Root) ? RootRequirement.SkipReason : null;
    }
}
