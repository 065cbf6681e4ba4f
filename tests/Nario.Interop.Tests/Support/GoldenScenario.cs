using Nario.Testing;


namespace Nario.Interop.Tests.Support;

/// <summary>What is done with a golden nario by more than one user.</summary>
internal static class GoldenScenario
{
    /// <summary>Brings a store to where it can import a nario.</summary>
    internal static void Prepare(TemporaryStore store, string name)
    {
        if (GoldenFile.ReadPrerequisites(name) is { } prerequisites)
        {
            Engines.Import(store, prerequisites);
        }
    }

    /// <summary>Imports, lets Nix check the store, and exports with both.</summary>
    internal static void ImportAndExport(TemporaryStore store, string name, InputKind kind)
    {
        byte[] golden = GoldenFile.Read(name);
        Prepare(store, name);

        IReadOnlyList<string> paths = Engines.Import(store, golden, kind);

        Leavings.AssertNone(store);
        Nix.AssertClean(store);
        byte[] exported = Engines.Export(store, 1, paths);
        Assert.Equal(Nix.Export(store, paths), exported);
        if (GoldenFile.GetVersion(name) == 1)
        {
            Assert.Equal(golden, exported);
        }
    }
}
