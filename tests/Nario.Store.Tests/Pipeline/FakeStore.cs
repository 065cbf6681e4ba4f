using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store.Tests.Pipeline;

/// <summary>A store of which the pipeline's tests need additions and flushing only.</summary>
internal sealed class FakeStore(Func<IPathAddition> beginAddition) : IStore
{
    public Action OnFlush { get; init; } = static () => { };

    public StoreDirectory StoreDirectory => StoreDirectory.Default;

    public IPathAddition BeginAddition() => beginAddition();

    public void Flush() => OnFlush();

    public bool IsValidPath(StorePath path) => throw new NotSupportedException();

    public bool IsIntact(StorePath path, bool readsContents, CancellationToken cancellation) => throw new NotSupportedException();

    public ValidPathInfo? QueryPathInfo(StorePath path) => throw new NotSupportedException();

    public IReadOnlyList<StorePath>? QueryReferences(StorePath path) => throw new NotSupportedException();

    public IEnumerable<StorePath> QueryAllValidPaths() => throw new NotSupportedException();

    public void ReadTree(StorePath path, INarSink sink) => throw new NotSupportedException();

    public void Protect(StorePath path) => throw new NotSupportedException();

    public void AddSignatures(StorePath path, IReadOnlyCollection<Signature> signatures) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
