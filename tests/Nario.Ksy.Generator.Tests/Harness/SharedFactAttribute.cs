namespace Nario.Ksy.Generator.Tests.Harness;

/// <summary>A test that needs a folder of the test data, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string folder)
    {
        Folder = folder;
        if (Repository.SharedFolder(folder) is null)
        {
            Skip = $"The folder shared/{folder} is not beside the repository; NARIO_SHARED may name another place.";
        }
    }

    public string Folder { get; }
}
