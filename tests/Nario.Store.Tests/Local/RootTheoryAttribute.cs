using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>A test that needs root, because it works as two users; it is skipped, and says so, for others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = RootRequirement.SkipReason;
}
