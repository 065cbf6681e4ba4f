namespace Nario.Faults.Tests.Support;

/// <summary>A test that mounts a file system; it is skipped, and says why, where it cannot or where something else is
/// missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    /// <param name="others">What else is needed.</param>
    /// <param name="traces">Whether calls are let fail besides.</param>
    public DiskFactAttribute(Needs others, bool traces = false)
    {
        Others = others;
        Traces = traces;
        Skip = Requirements.DescribeMissing(others)
            ?? (SmallDisk.IsSupported ? null : "no file system can be mounted, not even by 'unshare --map-root-user'")
            ?? (Tracer.IsSupported || !traces ? null : Tracer.MissingReason);
    }

    public bool Traces { get; }

    public Needs Others { get; }
}
