using Nario.Codec;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store.Tests.Import;

/// <summary>A store that notes when trees are begun and dropped, and when what waits is registered.</summary>
internal sealed class ObservedStore(LocalStore inner) : IStore
{
    private readonly List<string> _calls = [];

    /// <summary>Gets what was called so far.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public StoreDirectory StoreDirectory => inner.StoreDirectory;

    public bool IsValidPath(StorePath path) => inner.IsValidPath(path);

    public ValidPathInfo? QueryPathInfo(StorePath path) => inner.QueryPathInfo(path);

    public IReadOnlyList<StorePath>? QueryReferences(StorePath path) => inner.QueryReferences(path);

    public IEnumerable<StorePath> QueryAllValidPaths() => inner.QueryAllValidPaths();

    public void ReadTree(StorePath path, INarSink sink) => inner.ReadTree(path, sink);

    public bool IsIntact(StorePath path, bool readsContents, CancellationToken cancellation) =>
        inner.IsIntact(path, readsContents, cancellation);

    public void Protect(StorePath path) => inner.Protect(path);

    public IPathAddition BeginAddition()
    {
        Note("begin");
        return new Addition(this, inner.BeginAddition());
    }

    public void Flush()
    {
        Note("flush");
        inner.Flush();
    }

    public void AddSignatures(StorePath path, IReadOnlyCollection<Signature> signatures) => inner.AddSignatures(path, signatures);

    public void Dispose() => inner.Dispose();

    private void Note(string call)
    {
        lock (_calls)
        {
            _calls.Add(call);
        }
    }

    private sealed class Addition(ObservedStore store, IPathAddition inner) : IPathAddition
    {
        public INarSink Sink => inner.Sink;

        public bool Commit(ValidPathInfo info)
        {
            store.Note("commit");
            return inner.Commit(info);
        }

        public void Replace(StorePath path)
        {
            store.Note("replace");
            inner.Replace(path);
        }

        public void Dispose()
        {
            store.Note("dispose");
            inner.Dispose();
        }
    }
}
