using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>A test that needs root, because it works as two users; it is skipped, and says so, for others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = RootRequirement.SkipReason;
}
