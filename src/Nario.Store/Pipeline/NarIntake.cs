using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Import;
using Nario.Store.Listing;

namespace Nario.Store.Pipeline;

/// <summary>Takes NARs in: reads, hashes and checks them, and has their trees added to a store meanwhile.</summary>
/// <remarks>
/// The caller's thread reads the input and checks the framing; a second one reads the bytes once more, with the same
/// generated reader, makes the trees and adds them, one path after another, while the caller goes on; the caller or a third
/// one hashes. All look at the blocks that the input was read into. What is small is done by the caller, unless something
/// waits for the thread. What fails there is told by one of the next calls, and nothing is added after it. It comes before
/// what the caller finds wrong, so whoever gets an exception calls <see cref="Finish"/> to hear of it.
/// </remarks>
internal sealed class NarIntake : IDisposable
{
    /// <summary>How many characters are held for a path, at most, that is still to be added when the next ones are read.</summary>
    public const int MaxTextLength = 256 * 1024;

    private readonly Func<IPathAddition> _beginAddition;
    private readonly CancellationToken _cancellation;
    private readonly NarHasher _hasher = new();
    private readonly TreeObserver _tree = new();
    private readonly ObserverThread _restoring;
    private readonly IntakeObserver _observer;

    // For the steps of the thread only, except when it has none to do.
    private IPathAddition? _addition;

    /// <summary>Begins.</summary>
    /// <param name="beginAddition">Begins to add a path, here or on the other thread.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <param name="stopReading">Called on the other thread once something has failed there; or null.</param>
    public NarIntake(Func<IPathAddition> beginAddition, CancellationToken cancellation, Action? stopReading = null)
    {
        _beginAddition = beginAddition;
        _cancellation = cancellation;
        _restoring = new ObserverThread(_tree, "restoring", stopReading);
        _observer = new IntakeObserver(_restoring, _hasher);
    }

    /// <summary>Reads a whole NAR that nobody wants.</summary>
    /// <param name="nar">The NAR, of which nothing has been read.</param>
    /// <returns>The SHA-256 of the NAR, and its size in bytes.</returns>
    /// <exception cref="NarioFormatException">The NAR is not valid.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public (NixHash Hash, ulong Size) Read(NarCursor nar) => Read(nar, _hasher, NoSink.Instance);

    /// <summary>
    /// Reads a whole NAR whose tree is made meanwhile, and perhaps still when this returns. <see cref="Commit"/> or
    /// <see cref="Drop"/> comes next.
    /// </summary>
    /// <param name="nar">The NAR, of which nothing has been read.</param>
    /// <param name="proof">Checks the content address; or null.</param>
    /// <param name="locate">Makes the error to report of one that the tree has, here or on the other thread.</param>
    /// <returns>The SHA-256 of the NAR, and its size in bytes.</returns>
    /// <exception cref="NarioFormatException">The NAR is not valid.</exception>
    /// <exception cref="StoreException">The tree cannot be made, or an earlier path cannot be added.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public (NixHash Hash, ulong Size) Restore(
        NarCursor nar, ContentProof? proof, Func<StoreException, StoreException> locate)
    {
        long offset = nar.Offset;
        long end = nar.End;
        _restoring.Do(() =>
        {
            try
            {
                _addition = _beginAddition();
            }
            catch (StoreException error)
            {
                throw locate(error);
            }

            _tree.Begin(new CancellableSink(_addition.Sink, _cancellation), offset, end, locate);
        });
        _observer.Proof = proof;
        try
        {
            return Read(nar, _observer, proof ?? (INarSink)NoSink.Instance);
        }
        finally
        {
            _observer.Proof = null;
        }
    }

    /// <summary>Has the path added whose NAR was read last, once its tree is made.</summary>
    /// <param name="commit">Commits the addition, here or on the other thread.</param>
    /// <param name="textLength">How many characters it holds; more than <see cref="MaxTextLength"/> are not held any longer
    /// than this call.</param>
    /// <exception cref="StoreException">The path, or an earlier one, cannot be added.</exception>
    public void Commit(Action<IPathAddition> commit, long textLength)
    {
        _restoring.Do(() =>
        {
            commit(_addition!);
            DropAddition();
        });
        if (textLength > MaxTextLength)
        {
            Finish();
        }
    }

    /// <summary>Has the tree dropped whose NAR was read last.</summary>
    /// <exception cref="StoreException">An earlier path cannot be added.</exception>
    public void Drop() => _restoring.Do(DropAddition);

    /// <summary>Tells what has failed so far.</summary>
    /// <exception cref="StoreException">A path cannot be added.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public void Check() => _restoring.Check();

    /// <summary>Returns once all that was begun is done.</summary>
    /// <exception cref="StoreException">A path cannot be added.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public void Finish() => _restoring.Finish();

    /// <summary>Ends the threads. What was not committed is dropped.</summary>
    public void Dispose()
    {
        _restoring.Dispose();
        _hasher.Dispose();
        DropAddition();
    }

    private (NixHash Hash, ulong Size) Read(NarCursor nar, IByteObserver observer, INarSink sink)
    {
        nar.Observer = observer;
        try
        {
            nar.CopyTo(new CancellableSink(sink, _cancellation));
        }
        finally
        {
            // All tokens up to what has stopped the reading are shown, in whatever blocks they came.
            nar.Observer = null;
        }

        ulong size = _hasher.Size;
        return (_hasher.Finish(), size);
    }

    private void DropAddition()
    {
        _addition?.Dispose();
        _addition = null;
    }

    private sealed class TreeObserver : IByteObserver
    {
        private readonly NarPushReader _reader = new();
        private Func<StoreException, StoreException> _locate = static error => error;

        public void Begin(INarSink sink, long offset, long end, Func<StoreException, StoreException> locate)
        {
            _reader.Begin(sink, offset, end);
            _locate = locate;
        }

        public void Observe(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                _reader.Observe(bytes);
            }
            catch (StoreException error)
            {
                throw _locate(error);
            }
        }

        public void Release(ReadOnlyMemory<byte> memory)
        {
        }
    }
}
