namespace Nario.Testing;

/// <summary>A test with data that is skipped, and says why, where something that it needs is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresTheoryAttribute : TheoryAttribute
{
    public RequiresTheoryAttribute(Needs needs)
    {
        Needs = needs;
        Skip = Requirements.DescribeMissing(needs);
    }

    public Needs Needs { get; }
}
