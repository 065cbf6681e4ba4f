namespace Nario.Faults.Tests.Support;

/// <summary>A test that mounts a file system; it is skipped, and says why, where it cannot or where something else is
/// missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute(Needs others)
    {
        Others = others;
        Skip = Requirements.DescribeMissing(others)
            ?? (SmallDisk.IsSupported ? null : "no file system can be mounted, not even by 'unshare --map-root-user'");
    }

    public Needs Others { get; }
}
