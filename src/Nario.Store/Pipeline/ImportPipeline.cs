using System.Runtime.ExceptionServices;
using Nario.Codec;
using Nario.Store.Import;
using Nario.Store.Listing;
using Nario.Store.Paths;

namespace Nario.Store.Pipeline;

/// <summary>
/// The way of a NAR into a store: frame → hash → prove → restore → register.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>frame</term><description>The generated reader checks the framing, on the caller's thread; its blocks go to the
/// stages below as consumers.</description></item>
/// <item><term>hash</term><description><see cref="HashStage"/>: SHA-256 and size.</description></item>
/// <item><term>prove</term><description><see cref="ContentProof"/>: the content address, where the path has one. Checksums of a
/// version are consumers of its own, attached by its reader.</description></item>
/// <item><term>restore</term><description><see cref="RestoreStage"/>: the tree, under a temporary name, by a worker.</description></item>
/// <item><term>register</term><description><see cref="IPathAddition.Commit"/>, by the same worker once the caller has read the whole
/// entry and accepted it; the store registers in groups, by a worker of its own.</description></item>
/// </list>
/// A block is overwritten when all consumers have released it. Failures meet in <see cref="Run"/>.
/// </remarks>
internal sealed class ImportPipeline : IDisposable
{
    /// <summary>How many characters of path infos wait for the restoring worker at most; a path with more is waited for.</summary>
    public const int MaxTextLength = 256 * 1024;

    private readonly CancellationToken _cancellation;
    private readonly NarHasher _hasher = new();
    private readonly RestoreStage _restore;
    private readonly HashStage _hash;

    private ImportPipeline(IStore store, CancellationTokenSource? reading, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _restore = new RestoreStage(store.BeginAddition, () => reading?.Cancel(), cancellation);
        _hash = new HashStage(_hasher, _restore);
    }

    /// <summary>Runs NARs through the stages.</summary>
    /// <param name="store">The store.</param>
    /// <param name="frame">Reads the entries, and passes their NARs on to the pipeline.</param>
    /// <param name="reading">Cancelled when a later stage has failed, so that reading does not wait for more input; or null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="Exception">The failure at the earliest place of the input. What was registered before it stays, all else
    /// is dropped.</exception>
    public static void Run(
        IStore store, Action<ImportPipeline> frame, CancellationTokenSource? reading, CancellationToken cancellation)
    {
        using ImportPipeline pipeline = new(store, reading, cancellation);
        Span<ExceptionDispatchInfo?> failures = new ExceptionDispatchInfo?[(int)ImportStage.Register + 1];
        failures[(int)ImportStage.Frame] = Capture(() => frame(pipeline));
        failures[(int)ImportStage.Restore] = Capture(pipeline._restore.Drain);

        // A tree that is dropped is gone before the database is written, which may need its room.
        failures[(int)ImportStage.Restore] ??= Capture(pipeline.Dispose);
        failures[(int)ImportStage.Register] = Capture(store.Flush);
        FindEarliest(failures)?.Throw();
    }

    /// <summary>Ends the workers, and drops a tree that was not registered.</summary>
    public void Dispose()
    {
        _restore.Dispose();
        _hasher.Dispose();
    }

    /// <summary>Reads a whole NAR that is not wanted: frame → hash.</summary>
    /// <param name="nar">The NAR, of which nothing has been read.</param>
    /// <exception cref="NarioFormatException">The NAR is not valid.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public NarDigest Hash(NarCursor nar)
    {
        nar.Attach(_hasher);
        Read(nar, NoSink.Instance, _hasher);
        return _hasher.Finish();
    }

    /// <summary>
    /// Reads a whole NAR whose tree is restored meanwhile, and perhaps still when this returns: frame → hash → prove → restore.
    /// <see cref="Register"/> or <see cref="Drop"/> comes next.
    /// </summary>
    /// <param name="nar">The NAR, of which nothing has been read.</param>
    /// <param name="proof">Checks the content address; or null.</param>
    /// <param name="entry">The entry that errors of the tree are attributed to.</param>
    /// <exception cref="NarioFormatException">The NAR is not valid.</exception>
    /// <exception cref="StoreException">The tree cannot be restored, or an earlier path cannot be added.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public NarDigest Restore(NarCursor nar, ContentProof? proof, EntryContext entry)
    {
        _restore.Begin(entry, nar.Offset, nar.End);
        nar.Attach(_restore);
        nar.Attach(_hash);
        if (proof is null)
        {
            Read(nar, NoSink.Instance, _hash, _restore);
        }
        else
        {
            nar.Attach(proof);
            Read(nar, proof, proof, _hash, _restore);
        }

        return _hasher.Finish();
    }

    /// <summary>Has the path registered whose NAR was restored last. Its whole entry has been read and checked.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="info">What to register.</param>
    /// <exception cref="StoreException">The path, or an earlier one, cannot be added.</exception>
    public void Register(EntryContext entry, ValidPathInfo info)
    {
        _restore.Register(entry, info);
        if (info.TextLength > MaxTextLength)
        {
            _restore.Drain();
        }
    }

    /// <summary>Puts the tree that was restored last in the place of a valid path's. Its whole entry has been read and checked.</summary>
    /// <param name="path">The valid path.</param>
    /// <exception cref="StoreException">The tree, or an earlier path, cannot be put in place.</exception>
    public void Replace(StorePath path) => _restore.Replace(path);

    /// <summary>Has the tree dropped that was restored last.</summary>
    /// <exception cref="StoreException">An earlier path cannot be added.</exception>
    public void Drop() => _restore.Drop();

    /// <summary>Rethrows what a later stage has failed with so far.</summary>
    /// <exception cref="StoreException">A path cannot be added.</exception>
    public void Check() => _restore.Check();

    /// <summary>Waits until the paths so far are in place.</summary>
    /// <exception cref="StoreException">A path cannot be added.</exception>
    public void Drain() => _restore.Drain();

    /// <summary>Chooses the failure to report. All stages work through the input in order, a later one behind an earlier one, so
    /// the last stage that has failed did so at the earliest place of the input.</summary>
    private static ExceptionDispatchInfo? FindEarliest(ReadOnlySpan<ExceptionDispatchInfo?> failures)
    {
        for (int stage = failures.Length - 1; stage >= 0; stage--)
        {
            if (failures[stage] is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static ExceptionDispatchInfo? Capture(Action stage)
    {
        try
        {
            stage();
            return null;
        }
        catch (Exception exception)
        {
            // Rethrown by Run, unless another stage has failed at an earlier place.
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Reads a NAR; afterwards the consumers have all its bytes, up to an error if there is one.</summary>
    private void Read(NarCursor nar, INarSink sink, params ReadOnlySpan<IBlockConsumer> consumers)
    {
        try
        {
            nar.CopyTo(new CancellableSink(sink, _cancellation));
        }
        finally
        {
            nar.Detach(consumers);
        }
    }
}
