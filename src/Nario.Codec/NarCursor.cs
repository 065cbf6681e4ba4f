using System.Diagnostics;
using System.Globalization;
using Nario.Codec.Blocks;

namespace Nario.Codec;

/// <summary>Reads one NAR from a stream token by token, in bounded memory.</summary>
/// <remarks>A cursor that has thrown a <see cref="NarioFormatException"/> reads nothing further.</remarks>
public sealed class NarCursor
{
    private readonly BlockReader _input;
    private readonly NarState _state;
    private readonly PathLengths _paths = new();
    private BufferRange _value;
    private bool _isContentsOpen;
    private int _pathStart;
    private int _maximumPathLength = int.MaxValue;

    internal NarCursor(BlockReader input, NarState state)
    {
        _input = input;
        _state = state;
    }

    /// <summary>Makes a cursor over a stream that begins with a NAR.</summary>
    /// <param name="input">
    /// The stream, from its current position on; more may be read from it than the NAR. It is never closed.
    /// </param>
    public NarCursor(Stream input)
        : this(MakeBlocks(input), new NarState())
    {
    }

    /// <summary>The token that was read last.</summary>
    public NarToken Token { get; private set; }

    /// <summary>
    /// The name of the entry, after <see cref="NarToken.Entry"/>; valid until the next call of <see cref="Read"/>.
    /// </summary>
    public ReadOnlySpan<byte> Name => Token == NarToken.Entry ? _input.Slice(_value) : default;

    /// <summary>
    /// The target of the link, after <see cref="NarToken.Symlink"/>; valid until the next call of <see cref="Read"/>.
    /// </summary>
    public ReadOnlySpan<byte> Target => Token == NarToken.Symlink ? _input.Slice(_value) : default;

    /// <summary>
    /// A piece of a file, after <see cref="NarToken.Contents"/>; valid until the next call of <see cref="Read"/>.
    /// </summary>
    public ReadOnlySpan<byte> Contents => Token == NarToken.Contents ? _input.Slice(_value) : default;

    /// <summary>Whether the last file is executable.</summary>
    public bool IsExecutable { get; private set; }

    /// <summary>The size of the last file in bytes.</summary>
    public ulong Length { get; private set; }

    /// <summary>Whether the whole NAR was read.</summary>
    public bool IsComplete => _state.IsComplete;

    /// <summary>Offset in bytes of the next byte from the beginning of the input.</summary>
    public long Offset => _state.Offset;

    /// <summary>
    /// Offset in bytes, from the beginning of the input, that the NAR may not go beyond; the largest number where its
    /// size is not stated.
    /// </summary>
    public long End => _state.End;

    /// <summary>
    /// Whether contents are passed over without a token, by seeking where that is possible and there is no consumer.
    /// </summary>
    public bool SkipContents { get; set; }

    /// <summary>Number of tokens read so far.</summary>
    internal long TokenCount { get; private set; }

    /// <summary>
    /// Delivers the bytes of the NAR that are read from now on to a consumer, after those that were attached before it. It has
    /// all of them once the NAR is complete, and stays attached until the NAR is left, or read once more.
    /// </summary>
    /// <param name="consumer">The consumer.</param>
    public void Attach(IBlockConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _input.Attach(consumer);
    }

    /// <summary>Ends the delivery to consumers, after the bytes that have been read so far; also when one of them throws.</summary>
    /// <param name="consumers">The consumers; one that is not attached is ignored.</param>
    public void Detach(params ReadOnlySpan<IBlockConsumer> consumers) => _input.Detach(consumers);

    /// <summary>Reads the next token.</summary>
    /// <returns>Whether there is one; if not, the NAR is complete.</returns>
    /// <exception cref="NarioFormatException">The NAR is not valid.</exception>
    /// <exception cref="InvalidOperationException">The cursor has failed before.</exception>
    public bool Read()
    {
        bool skipContents = SkipContents || _isContentsOpen;
        _isContentsOpen = false;
        return Advance(skipContents);
    }

    /// <summary>
    /// Opens the contents of the file whose <see cref="NarToken.File"/> was just read, whatever
    /// <see cref="SkipContents"/> says.
    /// </summary>
    /// <returns>
    /// A stream that is read forwards, until the next call of <see cref="Read"/>; what is not read of it is passed over
    /// then.
    /// </returns>
    /// <exception cref="InvalidOperationException">The last token is no file.</exception>
    public Stream OpenContents()
    {
        if (Token != NarToken.File)
        {
            throw new InvalidOperationException("The last token is no file.");
        }

        _isContentsOpen = true;
        return new NarContentsStream(this);
    }

    /// <summary>
    /// Reads the rest of the NAR into a sink. With <see cref="SkipContents"/> the sink gets files, but not their
    /// contents.
    /// </summary>
    /// <param name="sink">What takes it.</param>
    /// <typeparam name="TSink">Its type.</typeparam>
    /// <exception cref="NarioFormatException">The NAR is not valid; the sink then has a part of it.</exception>
    /// <exception cref="InvalidOperationException">The cursor has failed before.</exception>
    public void CopyTo<TSink>(TSink sink)
        where TSink : INarSink
    {
        ArgumentNullException.ThrowIfNull(sink);
        while (Read())
        {
            sink.WriteToken(Token, _input.Slice(_value), IsExecutable, Length);
        }
    }

    /// <summary>Reads the next piece of the current file.</summary>
    internal void ReadContents() => Advance(skipContents: false);

    /// <summary>Passes over the rest of the NAR; its framing is checked.</summary>
    internal void Finish()
    {
        while (Advance(skipContents: true))
        {
        }
    }

    /// <summary>Forgets the last token, whose NAR is not the current one any more.</summary>
    internal void Forget()
    {
        _paths.Clear();
        Token = NarToken.None;
        _isContentsOpen = false;
        TokenCount++;
    }

    /// <summary>Bounds the full paths of the files, from the next NAR on.</summary>
    /// <param name="start">How many bytes of them stand before the path in the tree.</param>
    /// <param name="maximum">How many they have at most.</param>
    internal void BoundPaths(int start, int maximum)
    {
        _pathStart = start;
        _maximumPathLength = maximum;
    }

    /// <summary>Gets what is wrong with the paths of the files; null when nothing is.</summary>
    /// <param name="start">How many bytes of them stand before the path in the tree.</param>
    /// <param name="maximum">How many they have at most.</param>
    internal NarioFormatException? FindTooLongPath(int start, int maximum) => _paths.Longest <= maximum - start
        ? null
        : new NarioFormatException(
            _paths.Offset,
            NarReader.SpecPathOf(NarToken.Entry),
            string.Create(CultureInfo.InvariantCulture, $"a path of at most {maximum} bytes in the store"),
            string.Create(CultureInfo.InvariantCulture, $"one of {start + _paths.Longest}"));

    private static BlockReader MakeBlocks(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new BlockReader(input);
    }

    private bool Advance(bool skipContents)
    {
        TokenCount++;
        if (_input.Pump(new TokenStep(this, skipContents)))
        {
            return true;
        }

        _input.Deliver();
        return false;
    }

    private bool ReadToken(ReadOnlySpan<byte> block, bool isFinal, bool skipContents, out int consumed, out long toSkip)
    {
        NarReader reader = new(block, isFinal, _state) { SkipContent = skipContents };
        bool isRead = reader.Read();
        Token = reader.Token;
        switch (Token)
        {
            case NarToken.File:
                IsExecutable = reader.File.IsExecutable;
                Length = reader.File.Length;
                break;
            case NarToken.Entry:
                _value = _input.RangeOf(reader.Entry);
                block.Overlaps(reader.Entry, out int index);
                _paths.BeginEntry(reader.Entry.Length, _state.Offset - reader.Consumed + index);
                if (FindTooLongPath(_pathStart, _maximumPathLength) is { } error)
                {
                    _state.MarkFailed();
                    throw error;
                }

                break;
            case NarToken.DirectoryStart:
                _paths.BeginDirectory();
                break;
            case NarToken.DirectoryEnd:
                _paths.EndDirectory();
                break;
            case NarToken.Symlink:
                _value = _input.RangeOf(reader.Symlink);
                break;
            case NarToken.Contents:
                _value = _input.RangeOf(reader.Contents);
                break;
            case NarToken.None:
                break;
            default:
                throw new UnreachableException();
        }

        consumed = reader.Consumed;
        toSkip = reader.BytesToSkip;
        return isRead;
    }

    /// <summary>Reads one token.</summary>
    private readonly struct TokenStep(NarCursor cursor, bool skipContents) : IBlockStep
    {
        public bool IsComplete => cursor._state.IsComplete;

        public bool Read(ReadOnlySpan<byte> block, bool isFinal, out int consumed, out long toSkip) =>
            cursor.ReadToken(block, isFinal, skipContents, out consumed, out toSkip);

        public void Unskip(long count) => cursor._state.Unskip(count);
    }
}
