using System.Runtime.Versioning;


namespace Nario.Testing;

/// <summary>What an import may not leave behind.</summary>
[SupportedOSPlatform("linux")]
internal static class Leavings
{
    /// <summary>Expects the store directory to hold the valid paths and nothing else.</summary>
    internal static void AssertNone(TemporaryStore store)
    {
        string prefix = $"{store.Location.StoreDirectory}/";
        Assert.Equal(
            store.Query("select path from ValidPaths")
                .Select(path => path[prefix.Length..]).Order(StringComparer.Ordinal),
            store.ListObjects());
    }
}
