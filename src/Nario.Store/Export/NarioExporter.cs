using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Posix;

namespace Nario.Store.Export;

/// <summary>Exports store paths and sources as a nario.</summary>
public static class NarioExporter
{
    /// <summary>Exports.</summary>
    /// <param name="request">What to export.</param>
    /// <param name="openStore">Opens the store; called once, and only if a path needs it. The store is disposed here.</param>
    /// <param name="output">Where the nario goes; not closed. After an error it holds a part.</param>
    /// <param name="log">Takes messages.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="StoreException">A path is not valid, has changed on disk, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static void Export(ExportRequest request, Func<IStore> openStore, Stream output, IMessageLog log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(openStore);
        ArgumentNullException.ThrowIfNull(log);
        Lazy<IStore> store = new(openStore);
        try
        {
            StoreDirectory storeDirectory = request.StoreDirectory;
            (Dictionary<StorePath, SourceTree> sources, HashSet<StorePath> paths) =
                Locate(request, storeDirectory, cancellation);
            IEnumerable<StorePath> roots = request.All ? store.Value.QueryAllValidPaths() : paths;
            ClosureGraph graph =
                paths.Count == 0 && !request.All ? new ClosureGraph() :
                request.Recursive ? ClosureGraph.Close(store.Value, roots) : ClosureGraph.Of(store.Value, roots);
            foreach (StorePath source in sources.Keys)
            {
                graph.TryAdd(source);
            }

            // A cycle is found before anything is written.
            StorePath[] order = [.. graph.Sort()];
            NarioWriter writer = new(output, request.Version, new NarioOptions
                {
                    StoreDirectory = storeDirectory.ToString(),
                    MaximumPathLength = SystemLimits.MaxPathLength,
                });
            using NarHasher hasher = new();
            foreach (StorePath path in order)
            {
                cancellation.ThrowIfCancellationRequested();
                if (log.Wants(MessageLevel.Information))
                {
                    log.Write(MessageLevel.Information, $"exporting path '{storeDirectory.Join(path)}'...");
                }

                // What was given as a file is read from there, even if a store has it too.
                SourceTree? source = sources.GetValueOrDefault(path);
                ValidPathInfo info = source?.Info ?? store.Value.QueryPathInfo(path)
                    ?? throw new StoreException($"path '{storeDirectory.Join(path)}' is not valid");
                Action<INarSink> read = source is null ? sink => store.Value.ReadTree(path, sink) : source.Read;
                ExportPath(writer, info, storeDirectory.Join(path), read, hasher, cancellation);
            }

            writer.Complete();
        }
        finally
        {
            if (store.IsValueCreated)
            {
                store.Value.Dispose();
            }
        }
    }

    private static (Dictionary<StorePath, SourceTree> Sources, HashSet<StorePath> Paths) Locate(
        ExportRequest request, StoreDirectory storeDirectory, CancellationToken cancellation)
    {
        if (request.Name is not null && request.Paths.Count > 1)
        {
            throw new StoreException("'--name' names one file or folder; several are given");
        }

        SourceLocator locator = new(storeDirectory, request.RealStoreDirectory);
        Dictionary<StorePath, SourceTree> sources = [];
        HashSet<StorePath> paths = [];
        foreach (string text in request.Paths)
        {
            StorePath? path = locator.Find(text);
            if (path is not null)
            {
                if (request.Name is not null)
                {
                    throw new StoreException(
                        $"'--name' names a file or folder, but '{storeDirectory.Join(path)}' has a name already");
                }

                paths.Add(path);
                continue;
            }

            SourceTree source = SourceTree.Describe(
                storeDirectory, text, request.Name, request.StripsCaseHack, cancellation);
            sources.TryAdd(source.Info.Path, source);
        }

        return (sources, paths);
    }

    private static void ExportPath(
        NarioWriter writer, ValidPathInfo info, string path, Action<INarSink> read, NarHasher hasher, CancellationToken cancellation)
    {
        ValidPathInfo stated = info;
        bool isHashKnown = !IsUnknown(info.NarHash);
        if (writer.Version.HasInfoFirst && (!isHashKnown || info.NarSize == 0))
        {
            // A store may not know them, but no reader could do without.
            (NixHash hash, ulong size) = NarDigest.Of(read, cancellation);
            CheckHash(info, hash, path);
            stated = info with { NarHash = hash, NarSize = size };
        }

        try
        {
            INarSink sink = writer.BeginPath(PathInfoMapping.ToNarioPathInfo(stated), hasher);
            read(new CancellableSink(sink, cancellation));
            writer.EndPath();
        }
        catch (InvalidOperationException error)
        {
            // The tree does not have the size that was stated before it: tell which hash it has.
            CheckHash(info, NarDigest.Of(read, cancellation).Hash, path);
            throw new StoreException($"size of path '{path}' has changed from {stated.NarSize}", error);
        }
        catch (ArgumentException error)
        {
            throw new StoreException($"path '{path}' does not fit in a nario: {error.Message}", error);
        }

        CheckHash(info, hasher.Finish(), path);
    }

    private static void CheckHash(ValidPathInfo info, NixHash hash, string path)
    {
        if (!IsUnknown(info.NarHash) && hash != info.NarHash)
        {
            throw new StoreException($"hash of path '{path}' has changed from '{info.NarHash}' to '{hash}'!");
        }
    }

    private static bool IsUnknown(NixHash hash) => !hash.Bytes.ContainsAnyExcept((byte)0);
}
