using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>A test that compares with Nix itself; it is skipped, and says so, where Nix is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NixFactAttribute : FactAttribute
{
    public NixFactAttribute()
    {
        if (!NixProgram.IsInstalled)
        {
            Skip = "nix-store is not installed";
        }
    }
}
