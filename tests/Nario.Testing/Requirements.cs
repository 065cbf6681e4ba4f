namespace Nario.Testing;

/// <summary>Finds out what is there of the things that tests need.</summary>
internal static class Requirements
{
    private static readonly Lazy<bool> HasExtendedAttributes = new(static () =>
    {
        string file = Path.GetTempFileName();
        bool isSet = NativeCalls.SetExtendedAttribute(file, "user.test", [1], 1, 0) == 0;
        File.Delete(file);
        return isSet;
    });

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

        if (needs.HasFlag(Needs.ExtendedAttributes) && !HasExtendedAttributes.Value)
        {
            return "the file system of the temporary folder has no extended attributes of users";
        }

        return needs.HasFlag(Needs.Root) ? RootRequirement.SkipReason : null;
    }
}
