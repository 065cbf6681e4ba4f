using Nario.Store.Posix;

namespace Nario.Testing;

/// <summary>Says whether the tests run as root.</summary>
internal static class RootRequirement
{
    internal static string? SkipReason { get; } =
        ProcessIdentity.IsRoot ? null : "not root, so that no other user can be tried; the other tests run unprivileged";
}
