using System.Buffers;
using System.Text;
using Nario.Codec.Blocks;
using Nario.Codec.Versions;

namespace Nario.Codec;

/// <summary>Reads a nario of any version path by path, in bounded memory.</summary>
/// <remarks>
/// What is not read of a path's NAR is passed over at the next <see cref="Read"/>; its framing is checked all the same.
/// A reader that has thrown a <see cref="NarioFormatException"/> reads nothing further.
/// </remarks>
public sealed class NarioReader : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly BlockReader _input;
    private readonly VersionReader _framing;
    private readonly NarCursor _nar;
    private readonly NarioOptions _options;
    private bool _isInEntry;
    private bool _isEntryFinished;
    private bool _isDisposed;
    private long _narOffset;

    // Set while a NAR is read once more whose entry has been read to its end.
    private long? _offsetAfterEntry;
    private long _offsetAfterNar;

    private NarioReader(
        Stream stream,
        bool leaveOpen,
        BlockReader input,
        NarioVersion version,
        VersionReader framing,
        NarioOptions options)
    {
        _options = options;
        _stream = stream;
        _leaveOpen = leaveOpen;
        _input = input;
        Version = version;
        _framing = framing;
        _nar = new NarCursor(input, framing.NarState);
    }

    /// <summary>The version of the nario.</summary>
    public NarioVersion Version { get; }

    /// <summary>The NAR of the current path.</summary>
    /// <exception cref="InvalidOperationException">There is no current path.</exception>
    public NarCursor Nar
    {
        get
        {
            ThrowUnlessInEntry();
            return _nar;
        }
    }

    /// <summary>
    /// What the nario says of the current path; null while that is still to come (in version 1 it follows the NAR: see
    /// <see cref="ReadInfo"/>), and when there is no current path.
    /// </summary>
    public NarioPathInfo? Info => _framing.Info;

    /// <summary>
    /// Base name of the path that is being read, from where it stands in the input on to the end of its entry; else
    /// null. Known also after an error, to tell which path it is about. Like <see cref="NarioPathInfo.Path"/> it is not
    /// checked.
    /// </summary>
    public string? Path => _framing.Path;

    /// <summary>
    /// The store directory of the full paths that were read, where
    /// <see cref="NarioOptions.DetectStoreDirectory"/> takes it from them; else null, as before the first path and in
    /// versions without full paths.
    /// </summary>
    public string? DetectedStoreDirectory => _framing.DetectedStoreDirectory;

    /// <summary>Number of the entry that is being read, also after an error; the first one has number 1.</summary>
    public int EntryNumber => _framing.EntryNumber;

    /// <summary>Whether <see cref="RewindNar"/> can be used: whether the input can seek.</summary>
    public bool CanRewindNar => _input.CanSeek;

    /// <summary>Offset of the next byte to read, in bytes from where the input stood when it was opened.</summary>
    public long Offset => _offsetAfterEntry is null ? _framing.Offset : _nar.Offset;

    /// <summary>Opens a nario, whose version its first bytes tell.</summary>
    /// <param name="input">
    /// Where it is read from, from its current position on. Parts of it are passed over by seeking where it can; more
    /// may be read from it than the nario.
    /// </param>
    /// <param name="options">Options; null: <see cref="NarioOptions.Default"/>.</param>
    /// <param name="leaveOpen">Whether disposing the reader leaves the input open.</param>
    /// <exception cref="NarioFormatException">
    /// It is no nario, or of no known version; the input is left open.
    /// </exception>
    public static NarioReader Open(Stream input, NarioOptions? options = null, bool leaveOpen = false) =>
        Open(input, NarioVersion.All, options, leaveOpen);

    internal static NarioReader Open(
        Stream input, IReadOnlyList<NarioVersion> versions, NarioOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        BlockReader blocks = new(input);
        options ??= NarioOptions.Default;
        VersionReader[] framings = [.. versions.Select(version => version.MakeReader(blocks, options))];
        while (true)
        {
            bool isUndecided = false;
            for (int index = 0; index < framings.Length; index++)
            {
                switch (framings[index].Probe(blocks.Block))
                {
                    case OperationStatus.Done:
                        return new NarioReader(input, leaveOpen, blocks, versions[index], framings[index], options);
                    case OperationStatus.NeedMoreData:
                        isUndecided = true;
                        break;
                }
            }

            if (!isUndecided)
            {
                // However little came at once, the error is the same.
                while (!blocks.IsFinal && blocks.Block.Length < ForeignFormat.PrefixLength)
                {
                    blocks.Fill();
                }

                throw NarioFormatException.NotANario(blocks.Block);
            }

            if (blocks.IsFinal)
            {
                throw NarioFormatException.TooShort(blocks.Block.Length);
            }

            blocks.Fill();
        }
    }

    /// <summary>Goes to the next path.</summary>
    /// <returns>
    /// Whether there is one. If not, the nario has ended; bytes after its end marker are not looked at.
    /// </returns>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    /// <exception cref="InvalidOperationException">The reader has failed before.</exception>
    public bool Read()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isInEntry)
        {
            FinishEntry();
        }

        _isInEntry = false;
        _isEntryFinished = false;
        _isInEntry = _framing.ReadEntry();
        _nar.Forget();
        if (Version.HasInfoFirst)
        {
            _nar.BoundPaths(CountBytesBeforeTree(), _options.MaximumPathLength);
        }

        _narOffset = _framing.Offset;
        if (_isInEntry)
        {
            _framing.BeginNar();
        }

        return _isInEntry;
    }

    /// <summary>
    /// Reads and checks the rest of the current entry: what is left of its NAR, and what follows the NAR. Nothing may be
    /// done with a path before that which its last byte could forbid.
    /// </summary>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no current path, or the reader has failed before.
    /// </exception>
    public void FinishEntry()
    {
        ThrowUnlessInEntry();
        if (_offsetAfterEntry is not null)
        {
            ReturnToEntryEnd();
            return;
        }

        FinishNar();
        if (!_isEntryFinished)
        {
            _framing.FinishEntry();
            _isEntryFinished = true;

            // Only an info that comes after the NAR tells how long the paths of its files are.
            if (_nar.FindTooLongPath(CountBytesBeforeTree(), _options.MaximumPathLength) is { } error)
            {
                _framing.Fail();
                throw error;
            }
        }
    }

    /// <summary>
    /// Gets what the nario says of the current path, passing over the rest of its NAR where that stands before it.
    /// </summary>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no current path, or the reader has failed before.
    /// </exception>
    public NarioPathInfo ReadInfo()
    {
        ThrowUnlessInEntry();
        if (_framing.Info is null)
        {
            FinishEntry();
        }

        return _framing.Info!;
    }

    /// <summary>
    /// Passes over the rest of the current NAR: by its stated size, unread and unchecked, where the version states one;
    /// else by its framing.
    /// </summary>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no current path, or the reader has failed before.
    /// </exception>
    public void SkipNar()
    {
        ThrowUnlessInEntry();
        if (_offsetAfterEntry is not null)
        {
            ReturnToEntryEnd();
        }
        else if (!_nar.IsComplete && !_framing.TrySkipNar())
        {
            FinishNar();
        }

        _nar.Forget();
    }

    /// <summary>
    /// Goes back to the beginning of the current NAR, to read it once more; consumers have to be attached again. The next <see cref="Read"/> goes on after the path all the same.
    /// </summary>
    /// <exception cref="NotSupportedException">The input cannot seek.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no current path, or the reader has failed before.
    /// </exception>
    public void RewindNar()
    {
        ThrowUnlessInEntry();
        if (!CanRewindNar)
        {
            throw new NotSupportedException("The input cannot seek.");
        }

        ThrowIfFailed();
        _input.DetachAll();
        NarState nar = _framing.NarState;
        if (_isEntryFinished && _offsetAfterEntry is null)
        {
            _offsetAfterEntry = _framing.Offset;
            _offsetAfterNar = nar.Offset;
        }

        _input.Return(_narOffset);
        nar.Reset(_narOffset, nar.End);
        _nar.Forget();
        _framing.BeginNar();
    }

    /// <summary>Gets where a field of the current entry stands.</summary>
    /// <param name="field">The field.</param>
    /// <param name="index">Which one of its items, of a list; the first one has index 0.</param>
    /// <returns>The place; null when the version has no such field, or it has not been read yet.</returns>
    public NarioPlace? Find(NarioField field, int index = 0) => _framing.Find(field, index);

    /// <summary>Closes the input, unless it is to be left open.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _input.Close();
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private void ThrowUnlessInEntry()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_isInEntry)
        {
            throw new InvalidOperationException("There is no current path.");
        }
    }

    private int CountBytesBeforeTree() =>
        Encoding.UTF8.GetByteCount(_options.StoreDirectory) + 1 + (_framing.Info?.Path.Length ?? 0);

    private void FinishNar()
    {
        _nar.Finish();
        _input.DetachAll();
    }

    /// <summary>Leaves a NAR that is read once more, and whose end has been found before.</summary>
    private void ReturnToEntryEnd()
    {
        ThrowIfFailed();
        _input.DetachAll();
        _input.Return(_offsetAfterEntry!.Value);
        _offsetAfterEntry = null;
        _framing.NarState.Complete(_offsetAfterNar);
    }

    private void ThrowIfFailed()
    {
        if (_framing.NarState.HasFailed)
        {
            throw new InvalidOperationException("The reader has failed before.");
        }
    }
}
