namespace Nario.Testing;

/// <summary>A test that reads the shared test data; it is skipped, and says so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (TestFiles.Shared is null)
        {
            Skip = "the shared test data are not there: neither in ../shared nor where NARIO_SHARED says";
        }
    }
}
