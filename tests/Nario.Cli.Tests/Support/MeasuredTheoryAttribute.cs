namespace Nario.Cli.Tests.Support;

/// <summary>A test that measures memory; it is skipped, and says so, where GNU time is not installed.</summary>
/// <remarks>The tests themselves cannot ask the kernel: a process begins with the peak of the one that starts it, and
/// theirs is larger than what they look for. GNU time is small.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MeasuredTheoryAttribute : TheoryAttribute
{
    public MeasuredTheoryAttribute()
    {
        if (!File.Exists(Executable.Time))
        {
            Skip = $"GNU time is not installed as {Executable.Time}, which tells how much memory a program takes";
        }
    }
}
