namespace Nario.Store.Tests.Data;

/// <summary>A test that reads the shared vectors; it is skipped, and says so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (TestFiles.Shared is null)
        {
            Skip = "the shared vectors are not there: neither in ../shared nor where NARIO_SHARED says";
        }
    }
}
