using Nario.Codec;
using Nario.Store.Export;
using Nario.Store.Import;
using Nario.Store.Listing;
using Nario.Store.Local;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>Imports and exports with the engines under test.</summary>
internal static class Engines
{
    private static readonly ImportOptions Unchecked = new() { CheckSignatures = false };

    /// <summary>Imports a nario without checking signatures into a store, which is made when it is not there.</summary>
    /// <returns>The paths of the nario as full paths.</returns>
    internal static IReadOnlyList<string> Import(TemporaryStore store, byte[] nario, InputKind kind = InputKind.File) =>
        Import(store, nario, kind, Unchecked);

    /// <summary>Imports a nario into a store of which keys are trusted.</summary>
    internal static IReadOnlyList<string> Import(
        TemporaryStore store, byte[] nario, InputKind kind, TrustedKeys keys) =>
        Import(store, nario, kind, new ImportOptions { TrustedKeys = keys });

    /// <summary>Exports store paths, or files and folders.</summary>
    internal static byte[] Export(TemporaryStore store, int version, params IEnumerable<string> paths) =>
        Export(store, new ExportRequest { Paths = [.. paths], Version = NarioVersion.Find(version)! });

    /// <summary>Exports everything in a store.</summary>
    internal static byte[] ExportAll(TemporaryStore store, int version) =>
        Export(store, new ExportRequest { Paths = [], Version = NarioVersion.Find(version)!, All = true });

    /// <summary>Exports what is asked for.</summary>
    internal static byte[] Export(TemporaryStore store, ExportRequest request)
    {
        using MemoryStream output = new();
        NarioExporter.Export(
            request, () => store.Open(StoreAccess.Read), output, new MessageList(), CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>Lists a nario, with all its trees or without.</summary>
    /// <returns>The list: text, or JSON.</returns>
    internal static byte[] List(byte[] nario, InputKind kind, bool isJson = false, bool isRecursive = true)
    {
        using NarioReader reader = NarioReader.Open(OpenInput(nario, kind));
        using MemoryStream output = new();
        ListOptions options = new() { Recursive = isRecursive, Detailed = isRecursive, Json = isJson };
        NarioLister.List(reader, options, output, CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>Gets what a nario says of its paths, in its order.</summary>
    internal static IReadOnlyList<NarioPathInfo> ReadInfos(byte[] nario)
    {
        List<NarioPathInfo> infos = [];
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
        while (reader.Read())
        {
            infos.Add(reader.ReadInfo());
        }

        return infos;
    }

    internal static Stream OpenInput(byte[] bytes, InputKind kind) =>
        kind == InputKind.File ? new MemoryStream(bytes) : new PipeStream(bytes);

    private static string[] Import(TemporaryStore store, byte[] nario, InputKind kind, ImportOptions options)
    {
        using LocalStore target = store.Open();
        using NarioReader reader = NarioReader.Open(OpenInput(nario, kind));
        NarioImporter importer = new(target, options, new MessageList());
        List<string> paths = [];
        importer.Import(reader, path => paths.Add(target.StoreDirectory.Join(path)), CancellationToken.None);
        return [.. paths];
    }
}
