using Nario.Codec;
using Nario.Store.Engines;
using Nario.Store.Local;
using Nario.Store.Signatures;
using Nario.Store.Tests.Local;

namespace Nario.Interop.Tests.Support;

/// <summary>Imports and exports with the engines under test.</summary>
internal static class Engines
{
    internal static readonly ImportOptions Unchecked = new() { CheckSignatures = false };

    /// <summary>Imports a nario, whose signatures are not checked, into a store that is made when it is not there.</summary>
    /// <returns>The paths of the nario as full paths.</returns>
    internal static IReadOnlyList<string> Import(TemporaryStore store, byte[] nario, InputKind kind = InputKind.File) =>
        Import(store, nario, kind, Unchecked);

    /// <summary>Imports a nario into a store of which keys are trusted.</summary>
    internal static IReadOnlyList<string> Import(TemporaryStore store, byte[] nario, InputKind kind, TrustedKeys keys) =>
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
        NarioExporter.Export(request, () => store.Open(StoreAccess.Read), output, new MessageList(), CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>Walks a nario with all its trees, and checks what is said of its paths.</summary>
    /// <returns>The infos in the order of the nario.</returns>
    internal static IReadOnlyList<NarioPathInfo> Walk(byte[] nario, InputKind kind)
    {
        List<NarioPathInfo> infos = [];
        using NarioReader reader = NarioReader.Open(OpenInput(nario, kind));
        while (reader.Read())
        {
            reader.Nar.SkipContents = true;
            while (reader.Nar.Read())
            {
            }

            reader.Nar.SkipContents = false;
            NarioPathInfo info = reader.ReadInfo();
            _ = PathInfoMapping.ToValidPathInfo(info, TestNars.ZeroHash);
            infos.Add(info);
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
        return [.. importer.Import(reader, CancellationToken.None).Select(path => target.StoreDirectory.Join(path))];
    }
}
