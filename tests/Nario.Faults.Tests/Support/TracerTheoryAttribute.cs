namespace Nario.Faults.Tests.Support;

/// <summary>A test with data that lets calls fail; it is skipped, and says why, where it cannot or where something else
/// is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TracerTheoryAttribute : TheoryAttribute
{
    public TracerTheoryAttribute(Needs others)
    {
        Others = others;
        Skip = Requirements.DescribeMissing(others) ?? (Tracer.IsSupported ? null : Tracer.MissingReason);
    }

    public Needs Others { get; }
}
