using Nario.Store.Tests.Local;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

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

        if (needs.HasFlag(Needs.Root) && RootRequirement.SkipReason is { } reason)
        {
            return reason;
        }

        return needs.HasFlag(Needs.Kaitai) ? KaitaiOracle.MissingReason : null;
    }
}
