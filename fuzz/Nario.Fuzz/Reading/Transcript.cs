using System.Buffers;
using System.Buffers.Binary;
using Nario.Codec;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Reading;

/// <summary>Writes down what a reader told and how it ended, so that two ways of reading can be compared.</summary>
/// <param name="readsNars">Whether NARs in a nario are read token by token.</param>
/// <param name="keepsContents">Whether the contents of files are written down.</param>
/// <param name="keepsCuts">Whether it is written down at which offset an input was cut off.</param>
internal sealed class Transcript(bool readsNars = true, bool keepsContents = true, bool keepsCuts = true) : ITokenVisitor
{
    private const byte NarMark = 0x40;
    private const byte EndMark = 0x7f;
    private const byte Version1Mark = 0x80;
    private const byte Version2Mark = 0xc0;

    private readonly ArrayBufferWriter<byte> _tokens = new();
    private string _verdict = "nothing was read";

    /// <inheritdoc/>
    public bool ReadsNars => readsNars;

    /// <summary>Gets whether the archive was accepted.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Gets the size in bytes of the archive that was accepted.</summary>
    public long Length { get; private set; }

    /// <summary>Reads an archive, valid or not, and writes down what is told of it.</summary>
    /// <param name="kind">What it is read as.</param>
    /// <param name="input">The archive.</param>
    /// <param name="sizes">How it is divided.</param>
    /// <param name="skip">Whether contents are passed over.</param>
    public Transcript Record(ArchiveKind kind, ReadOnlySpan<byte> input, ChunkSizes sizes, bool skip = false)
    {
        try
        {
            Accept(ArchiveDriver.Read(kind, input, sizes, skip, this));
        }
        catch (NarioFormatException error)
        {
            Refuse(error, input.Length);
        }

        return this;
    }

    /// <summary>Takes note that an archive was accepted.</summary>
    /// <param name="length">Its size in bytes.</param>
    public void Accept(long length)
    {
        IsAccepted = true;
        Length = length;
        _verdict = $"accepted, {length} bytes";
    }

    /// <summary>Takes note that an archive was refused.</summary>
    /// <param name="error">Why.</param>
    /// <param name="length">Size of the input in bytes.</param>
    public void Refuse(NarioFormatException error, long length)
    {
        Refusal.Check(error, length, !keepsCuts);

        // What was found is shown as far as it had arrived, so it is no part of the verdict.
        _verdict = Refusal.Describe(error, !keepsCuts);
    }

    /// <summary>Throws unless another way of reading has told the same and ended the same.</summary>
    /// <param name="other">The other way.</param>
    /// <param name="ways">The two ways, for the message.</param>
    public void MustEqual(Transcript other, string ways)
    {
        MustEndLike(other, ways);
        MustTellLike(other, ways);
    }

    /// <summary>Throws unless another way of reading has told the same, however it ended.</summary>
    /// <param name="other">The other way.</param>
    /// <param name="ways">The two ways, for the message.</param>
    public void MustTellLike(Transcript other, string ways) =>
        FindingException.Unless(
            _tokens.WrittenSpan.SequenceEqual(other._tokens.WrittenSpan), $"{ways}: the tokens differ, then: {_verdict}");

    /// <summary>Throws unless another way of reading has ended the same.</summary>
    /// <param name="other">The other way.</param>
    /// <param name="ways">The two ways, for the message.</param>
    public void MustEndLike(Transcript other, string ways) =>
        FindingException.Unless(_verdict == other._verdict, $"{ways}: '{_verdict}' against '{other._verdict}'");

    /// <inheritdoc/>
    public void Take(in NarReader reader)
    {
        switch (reader.Token)
        {
            case NarToken.File:
                BeginFile(reader.File.IsExecutable, reader.File.Length);
                break;
            case NarToken.Contents:
                AddContents(reader.Contents);
                break;
            case NarToken.Symlink:
                Add(reader.Token, reader.Symlink);
                break;
            case NarToken.Entry:
                Add(reader.Token, reader.Entry);
                break;
            default:
                Add(reader.Token, []);
                break;
        }
    }

    /// <inheritdoc/>
    public void Take(in NarioV1Reader reader)
    {
        byte token = (byte)reader.Token;
        switch (reader.Token)
        {
            case NarioV1Token.Path:
                Add(Version1Mark, token, reader.Path);
                break;
            case NarioV1Token.ReferencesStart:
                AddNumber(Version1Mark, token, reader.ReferencesCount);
                break;
            case NarioV1Token.ReferencesItem:
                Add(Version1Mark, token, reader.ReferencesItem);
                break;
            case NarioV1Token.Deriver:
                Add(Version1Mark, token, reader.Deriver);
                break;
            case NarioV1Token.Signature:
                AddNumber(Version1Mark, token, (ulong)reader.Signature.Tag);
                Add(Version1Mark, token, reader.Signature.Text);
                break;
            default:
                Add(Version1Mark, token, []);
                break;
        }
    }

    /// <inheritdoc/>
    public void Take(in NarioV2Reader reader)
    {
        byte token = (byte)reader.Token;
        switch (reader.Token)
        {
            case NarioV2Token.Path:
                Add(Version2Mark, token, reader.Path);
                break;
            case NarioV2Token.Deriver:
                Add(Version2Mark, token, reader.Deriver);
                break;
            case NarioV2Token.NarHash:
                Add(Version2Mark, token, reader.NarHash);
                break;
            case NarioV2Token.ReferencesStart:
                AddNumber(Version2Mark, token, reader.ReferencesCount);
                break;
            case NarioV2Token.ReferencesItem:
                Add(Version2Mark, token, reader.ReferencesItem);
                break;
            case NarioV2Token.RegistrationTime:
                AddNumber(Version2Mark, token, reader.RegistrationTime);
                break;
            case NarioV2Token.NarSize:
                AddNumber(Version2Mark, token, reader.NarSize);
                break;
            case NarioV2Token.Ultimate:
                AddNumber(Version2Mark, token, reader.Ultimate);
                break;
            case NarioV2Token.SignaturesStart:
                AddNumber(Version2Mark, token, reader.SignaturesCount);
                break;
            case NarioV2Token.SignaturesItem:
                Add(Version2Mark, token, reader.SignaturesItem);
                break;
            case NarioV2Token.Ca:
                Add(Version2Mark, token, reader.Ca);
                break;
            default:
                Add(Version2Mark, token, []);
                break;
        }
    }

    /// <inheritdoc/>
    public void EndNar() => Add(NarMark, EndMark, []);

    /// <summary>Writes down a token of a NAR that is neither a file nor a piece of one.</summary>
    public void Add(NarToken token, ReadOnlySpan<byte> value) => Add(NarMark, (byte)token, value);

    /// <summary>Writes down what stands before the contents of a file.</summary>
    public void BeginFile(bool isExecutable, ulong length) =>
        AddNumber(NarMark, (byte)((int)NarToken.File | (isExecutable ? NarMark : 0)), length);

    /// <summary>Writes down a piece of a file; how it is divided leaves no trace.</summary>
    public void AddContents(ReadOnlySpan<byte> chunk)
    {
        if (keepsContents)
        {
            _tokens.Write(chunk);
        }
    }

    /// <summary>Gets how it ended.</summary>
    public override string ToString() => _verdict;

    private void AddNumber(byte mark, byte token, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        Add(mark, token, bytes);
    }

    private void Add(byte mark, byte token, ReadOnlySpan<byte> value)
    {
        Span<byte> head = _tokens.GetSpan(6);
        head[0] = mark;
        head[1] = token;
        BinaryPrimitives.WriteInt32LittleEndian(head[2..], value.Length);
        _tokens.Advance(6);
        _tokens.Write(value);
    }
}
