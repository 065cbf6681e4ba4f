using Nario.Codec;
using Nario.Store.Derivations;
using Nario.Store.Paths;

namespace Nario.Store.Pipeline;

/// <summary>Restores the trees of NARs from their blocks and has them registered, one path after the other.</summary>
/// <remarks>
/// A worker reads the blocks once more, with the same generated reader, while the caller reads on. Small pieces are restored
/// by the caller, unless something waits for the worker.
/// </remarks>
internal sealed class RestoreStage : IBlockConsumer, IDisposable
{
    private readonly Func<IPathAddition> _beginAddition;
    private readonly CancellationToken _cancellation;
    private readonly Worker<Item> _worker;
    private readonly NarPushReader _reader = new();

    // Used while items are performed, and after the worker has ended.
    private IPathAddition? _addition;
    private EntryContext? _entry;

    /// <summary>Makes the stage.</summary>
    /// <param name="beginAddition">Begins to add a path, here or on the worker.</param>
    /// <param name="failed">Called on the worker after a failure there.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public RestoreStage(Func<IPathAddition> beginAddition, Action failed, CancellationToken cancellation)
    {
        _beginAddition = beginAddition;
        _cancellation = cancellation;
        _worker = new Worker<Item>("restoring", BlockQueue.Limits<Item>(), items => Perform(in items[0]), failed: failed);
    }

    /// <summary>Gets how many pieces and steps wait for the worker.</summary>
    public long Backlog => _worker.Backlog;

    /// <summary>Begins the tree of a NAR whose blocks come next.</summary>
    /// <param name="entry">The entry that errors are attributed to.</param>
    /// <param name="offset">Offset of the NAR's first byte in the input.</param>
    /// <param name="end">Offset that the NAR may not go beyond.</param>
    public void Begin(EntryContext entry, long offset, long end) => Do(() =>
    {
        _entry = entry;
        try
        {
            _addition = _beginAddition();
        }
        catch (StoreException error)
        {
            throw EntryError.Attribute(error, entry);
        }

        _reader.Begin(new CancellableSink(_addition.Sink, _cancellation), offset, end);
    });

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes)
    {
        Item item = new(bytes, null);
        if (bytes.Length < BlockQueue.MinQueuedLength)
        {
            _worker.PerformOrAdd(item);
        }
        else
        {
            _worker.Add(item);
        }
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory) =>
        _worker.WaitFor(memory, static (item, memory) => item.Bytes.Span.Overlaps(memory.Span));

    /// <summary>Puts the restored tree in place and has it registered.</summary>
    /// <param name="entry">The entry, whose path is known now.</param>
    /// <param name="info">What to register.</param>
    public void Register(EntryContext entry, ValidPathInfo info) => Do(() =>
    {
        try
        {
            _addition!.Commit(info);
        }
        catch (DerivationException error)
        {
            throw EntryError.AttributeToNar(error, entry);
        }

        DropAddition();
    });

    /// <summary>Puts the restored tree in the place of a valid path's.</summary>
    /// <param name="path">The valid path.</param>
    public void Replace(StorePath path) => Do(() =>
    {
        _addition!.Replace(path);
        DropAddition();
    });

    /// <summary>Drops the tree that was restored last.</summary>
    public void Drop() => Do(DropAddition);

    /// <summary>Rethrows what has failed so far.</summary>
    public void Check() => _worker.Check();

    /// <summary>Waits until all is restored and handed on, or rethrows what has failed.</summary>
    public void Drain() => _worker.Drain();

    /// <summary>Ends the worker, and drops a tree that was not registered.</summary>
    public void Dispose()
    {
        _worker.Dispose();
        DropAddition();
    }

    private void Do(Action action) => _worker.PerformOrAdd(new Item(default, action));

    private void Perform(in Item item)
    {
        if (item.Action is { } action)
        {
            action();
            return;
        }

        try
        {
            _reader.Consume(item.Bytes);
        }
        catch (StoreException error)
        {
            throw EntryError.Attribute(error, _entry!);
        }
    }

    private void DropAddition()
    {
        _addition?.Dispose();
        _addition = null;
    }

    /// <summary>A piece of a NAR, or a step between two pieces.</summary>
    private readonly record struct Item(ReadOnlyMemory<byte> Bytes, Action? Action);
}
