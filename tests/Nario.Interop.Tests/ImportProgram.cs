using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Store.Configuration;
using Nario.Store.Engines;
using Nario.Store.Local;

namespace Nario.Interop.Tests;

/// <summary>Imports a nario in a process of its own, which a test can kill.</summary>
internal static class ImportProgram
{
    /// <summary>Imports the nario on standard input, without checking signatures.</summary>
    /// <param name="arguments">The folder that is the root of the store.</param>
    /// <returns>The exit status.</returns>
    internal static int Main(string[] arguments)
    {
        StoreLocation location = StoreLocation.Resolve(arguments[0], NixConfiguration.Default, new ProcessHost());
        using LocalStore store = LocalStore.Open(location, NixConfiguration.Default, StoreAccess.ReadAndWrite);
        using NarioReader reader = NarioReader.Open(Console.OpenStandardInput());
        new NarioImporter(store, Engines.Unchecked, new MessageList()).Import(reader, CancellationToken.None);
        return 0;
    }
}
