namespace Nario.Interop.Tests.Support;

/// <summary>A test that is skipped, and says why, where something that it needs is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropFactAttribute : FactAttribute
{
    public InteropFactAttribute(Needs needs)
    {
        Needs = needs;
        Skip = Requirements.DescribeMissing(needs);
    }

    public Needs Needs { get; }
}
