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
    /// <returns>What was written.</returns>
    /// <exception cref="StoreException">A path is not valid, has changed on disk, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static ExportResult Export(
        ExportRequest request, Func<IStore> openStore, Stream output, IMessageLog log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(openStore);
        ArgumentNullException.ThrowIfNull(log);
        Lazy<IStore> store = new(openStore);
        try
        {
            StoreDirectory storeDirectory = request.StoreDirectory;
            (OrderedDictionary<StorePath, SourceTree> sources, HashSet<StorePath> paths) =
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
                _ = sources.TryGetValue(path, out SourceTree? source);
                ValidPathInfo info = source?.Info ?? store.Value.QueryPathInfo(path)
                    ?? throw new StoreException($"path '{storeDirectory.Join(path)}' is not valid");
                if (info.MalformedSignatureCount > 0 && writer.Version.HasInfoFirst)
                {
                    log.Write(
                        MessageLevel.Warning,
                        $"path '{storeDirectory.Join(path)}': the database has {info.MalformedSignatureCount} malformed "
                            + "signatures, which are left out");
                }

                Action<INarSink> read = source is null ? sink => store.Value.ReadTree(path, sink) : source.Read;
                ExportPath(writer, info, storeDirectory.Join(path), read, hasher, cancellation);
            }

            writer.Complete();
            return new ExportResult
            {
                PathCount = order.Length,
                MissingReferenceCount = graph.MissingCount,
                Sources = [.. sources.Values.Select(static source => (source.Name, source.Info.Path))],
            };
        }
        finally
        {
            if (store.IsValueCreated)
            {
                store.Value.Dispose();
            }
        }
    }

    private static (OrderedDictionary<StorePath, SourceTree> Sources, HashSet<StorePath> Paths) Locate(
        ExportRequest request, StoreDirectory storeDirectory, CancellationToken cancellation)
    {
        SourceLocator locator = new(storeDirectory, request.RealStoreDirectory);
        OrderedDictionary<StorePath, SourceTree> sources = [];
        HashSet<StorePath> paths = [];
        foreach (string text in request.Paths)
        {
            StorePath? path = locator.Find(text);
            if (path is not null)
            {
                if (request.Name is not null)
                {
                    throw new NamedStorePathException(storeDirectory.Join(path));
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
        catch (KsySizeException error)
        {
            // The tree has changed since its size was noted: name the hash that it has now.
            CheckHash(info, NarDigest.Of(read, cancellation).Hash, path);
            throw new StoreException($"size of path '{path}' has changed from {stated.NarSize}", error);
        }
        catch (KsyValueException error)
        {
            throw new StoreException($"path '{path}' does not fit in a nario: {error.Message}", error);
        }

        CheckHash(info, hasher.Finish().Hash, path);
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
