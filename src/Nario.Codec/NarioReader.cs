using Nario.Codec.Blocks;
using Nario.Codec.Versions;

namespace Nario.Codec;

/// <summary>
/// Reads a nario of any version path by path, in bounded memory.
/// </summary>
/// <remarks>
/// What is not read of a path's NAR is passed over at the next <see cref="Read"/>; its framing is checked all the same.
/// A reader that has thrown must not be used further.
/// </remarks>
public sealed class NarioReader : IDisposable
{
    // As much of the input as tells the versions apart.
    private const int PrefixLength = 8;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly BlockReader _input;
    private readonly VersionReader _framing;
    private bool _isInEntry;

    private NarioReader(Stream stream, bool leaveOpen, BlockReader input, NarioVersion version, NarioOptions options)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _input = input;
        Version = version;
        _framing = version.MakeReader(input, options);
        Nar = new NarCursor(input, _framing.NarState);
    }

    /// <summary>The version of the nario.</summary>
    public NarioVersion Version { get; }

    /// <summary>The NAR of the current path.</summary>
    public NarCursor Nar { get; }

    /// <summary>
    /// What the nario says of the current path; null while that is still to come (in version 1 it follows the NAR: see
    /// <see cref="ReadInfo"/>).
    /// </summary>
    public NarioPathInfo? Info => _framing.Info;

    /// <summary>Whether <see cref="ReturnToNar"/> can be used.</summary>
    public bool CanReturn => _input.CanSeek;

    /// <summary>Offset in bytes of the next byte to read.</summary>
    public long Offset => _framing.Offset;

    /// <summary>Opens a nario, whose version its first bytes tell.</summary>
    /// <param name="input">Where it is read from, from its current position on. Parts of it are passed over by seeking where it can.</param>
    /// <param name="options">Options; null: <see cref="NarioOptions.Default"/>.</param>
    /// <param name="leaveOpen">Whether disposing the reader leaves the input open.</param>
    /// <exception cref="NarioFormatException">It is no nario, or of no known version.</exception>
    public static NarioReader Open(Stream input, NarioOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= NarioOptions.Default;
        BlockReader blocks = new(input);
        while (blocks.Block.Length < PrefixLength && !blocks.IsFinal)
        {
            blocks.Fill();
        }

        ReadOnlySpan<byte> prefix = blocks.Block;
        if (prefix.Length < PrefixLength)
        {
            throw new NarioFormatException(prefix.Length, "nario", "more bytes", "the end of the input", isTruncated: true);
        }

        foreach (NarioVersion version in NarioVersion.All)
        {
            if (version.MakeReader(blocks, options).CanBegin(prefix[..PrefixLength]))
            {
                return new NarioReader(input, leaveOpen, blocks, version, options);
            }
        }

        throw NarioFormatException.NotANario(CompressionSignature.Find(prefix));
    }

    /// <summary>Goes to the next path.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    public bool Read()
    {
        Leave();
        _isInEntry = _framing.ReadEntry();
        return _isInEntry;
    }

    /// <summary>Gets what the nario says of the current path, passing over the rest of its NAR where that stands before it.</summary>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    /// <exception cref="InvalidOperationException">There is no current path.</exception>
    public NarioPathInfo ReadInfo()
    {
        if (!_isInEntry)
        {
            throw new InvalidOperationException("There is no current path.");
        }

        if (_framing.Info is null)
        {
            FinishNar();
            _framing.FinishEntry();
        }

        return _framing.Info!;
    }

    /// <summary>
    /// Passes over the rest of the current NAR: by its stated size, unread and unchecked, where the version states one;
    /// else by its framing.
    /// </summary>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    public void SkipNar()
    {
        if (_isInEntry && !Nar.IsComplete && !_framing.TrySkipNar())
        {
            FinishNar();
        }
    }

    /// <summary>Notes where the current NAR begins, for <see cref="ReturnToNar"/>.</summary>
    /// <returns>A mark, valid for this reader.</returns>
    public NarMark MarkNar() => new(_input.StreamOffset, _framing.Offset);

    /// <summary>Goes back to the beginning of a NAR, to read it once more through <see cref="Nar"/>. The place after its entry is restored by <see cref="Resume"/>.</summary>
    /// <param name="mark">What <see cref="MarkNar"/> gave.</param>
    /// <returns>A mark for <see cref="Resume"/>.</returns>
    /// <exception cref="NotSupportedException">The input cannot seek.</exception>
    public NarMark ReturnToNar(NarMark mark)
    {
        NarMark here = MarkNar();
        _input.Return(mark.StreamOffset);
        _framing.NarState.Reset(mark.Offset);
        return here;
    }

    /// <summary>Goes on after a detour that <see cref="ReturnToNar"/> began.</summary>
    /// <param name="mark">What <see cref="ReturnToNar"/> gave.</param>
    public void Resume(NarMark mark)
    {
        Nar.Observer = null;
        _input.Return(mark.StreamOffset);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private void Leave()
    {
        if (!_isInEntry)
        {
            return;
        }

        FinishNar();
        if (_framing.Info is null)
        {
            _framing.FinishEntry();
        }
    }

    private void FinishNar()
    {
        Nar.SkipContents = Nar.Observer is null;
        while (Nar.Read())
        {
        }

        Nar.SkipContents = false;
        Nar.Observer = null;
    }
}
