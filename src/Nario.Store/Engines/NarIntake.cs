using Nario.Codec;
using Nario.Store.Engines.Listing;
using Nario.Store.Hashes;

namespace Nario.Store.Engines;

/// <summary>Takes NARs in: hashes them, restores them and checks them, all at once where they are large.</summary>
/// <remarks>
/// The caller's thread reads the input and checks the framing; a second one hashes the bytes, a third one reads them once
/// more, with the same generated reader, and makes the tree. All look at the blocks that the input was read into.
/// </remarks>
internal sealed class NarIntake : IDisposable
{
    private readonly NarHasher _hasher = new();
    private readonly NarPushReader _tree = new();
    private readonly ObserverThread _restoring;

    public NarIntake() => _restoring = new ObserverThread(_tree, "restoring");

    /// <summary>Reads a whole NAR.</summary>
    /// <param name="nar">The NAR, of which nothing has been read.</param>
    /// <param name="sink">Makes the tree, on another thread; null: nobody does.</param>
    /// <param name="proof">Checks the content address; or null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The SHA-256 of the NAR, and its size in bytes.</returns>
    /// <exception cref="NarioFormatException">The NAR is not valid.</exception>
    /// <exception cref="StoreException">The tree cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public (NixHash Hash, ulong Size) Read(
        NarCursor nar, INarSink? sink, ContentProof? proof, CancellationToken cancellation)
    {
        List<IByteObserver> observers = [_hasher];
        if (sink is not null)
        {
            _tree.Begin(new CancellableSink(sink, cancellation), nar);
            observers.Add(_restoring);
        }

        if (proof is not null)
        {
            observers.Add(proof);
        }

        nar.Observer = new Observers(observers);
        try
        {
            nar.CopyTo(new CancellableSink(proof ?? (INarSink)NoSink.Instance, cancellation));
            nar.Observer = null;
        }
        catch
        {
            // What cannot be made comes before what has stopped the reading, and is the one to report. All tokens up to
            // there are made, in whatever blocks they came.
            nar.Observer = null;
            _restoring.Finish();
            throw;
        }

        _restoring.Finish();
        ulong size = _hasher.Size;
        return (_hasher.Finish(), size);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _restoring.Dispose();
        _hasher.Dispose();
    }

    private sealed class Observers(List<IByteObserver> all) : IByteObserver
    {
        public void Observe(ReadOnlyMemory<byte> bytes)
        {
            foreach (IByteObserver observer in all)
            {
                observer.Observe(bytes);
            }
        }

        public void Release(ReadOnlyMemory<byte> memory)
        {
            foreach (IByteObserver observer in all)
            {
                observer.Release(memory);
            }
        }
    }
}
