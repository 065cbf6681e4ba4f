using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Checks the rules of the formats on tokens that a reader let through, independently of the reader.</summary>
internal sealed class RuleChecker : ITokenVisitor
{
    private const int MaxDepth = 64;
    private const int MaxNameLength = 255;
    private const int MaxTargetLength = 4095;

    private readonly List<byte[]?> _lastNames = [];
    private ulong _missing;

    /// <inheritdoc/>
    public bool ReadsNars => true;

    /// <inheritdoc/>
    public void Take(in NarReader reader)
    {
        FindingException.Unless(
            _missing == 0 || reader.Token == NarToken.Contents, "a file ended before its contents were complete");
        switch (reader.Token)
        {
            case NarToken.DirectoryStart:
                _lastNames.Add(null);
                FindingException.Unless(_lastNames.Count <= MaxDepth, "directories are nested too deep");
                break;
            case NarToken.DirectoryEnd:
                _lastNames.RemoveAt(_lastNames.Count - 1);
                break;
            case NarToken.Entry:
                CheckName(reader.Entry);
                break;
            case NarToken.File:
                FindingException.Unless(_lastNames.Count < MaxDepth, "a file is nested too deep");
                _missing = reader.File.Length;
                break;
            case NarToken.Contents:
                FindingException.Unless(
                    reader.Contents.Length > 0 && (ulong)reader.Contents.Length <= _missing,
                    "a piece of a file is empty or longer than what is left of it");
                _missing -= (ulong)reader.Contents.Length;
                break;
            case NarToken.Symlink:
                FindingException.Unless(_lastNames.Count < MaxDepth, "a link is nested too deep");
                FindingException.Unless(
                    reader.Symlink.Length is >= 1 and <= MaxTargetLength && !reader.Symlink.Contains((byte)0),
                    "the target of a link is not allowed");
                break;
            default:
                throw new FindingException($"there is a token {reader.Token}");
        }
    }

    /// <inheritdoc/>
    public void Take(in NarioV1Reader reader) =>
        FindingException.Unless(Enum.IsDefined(reader.Token) && reader.Token != default, "there is an unknown token");

    /// <inheritdoc/>
    public void Take(in NarioV2Reader reader) =>
        FindingException.Unless(Enum.IsDefined(reader.Token) && reader.Token != default, "there is an unknown token");

    /// <inheritdoc/>
    public void EndNar() =>
        FindingException.Unless(_lastNames.Count == 0 && _missing == 0, "a NAR ended before it was complete");

    private void CheckName(ReadOnlySpan<byte> name)
    {
        FindingException.Unless(
            name.Length is >= 1 and <= MaxNameLength
            && name.IndexOfAny((byte)'/', (byte)0) < 0
            && !name.SequenceEqual("."u8)
            && !name.SequenceEqual(".."u8),
            "the name of an entry is not allowed");
        FindingException.Unless(
            _lastNames[^1] is not { } last || last.AsSpan().SequenceCompareTo(name) < 0,
            "the name of an entry is not after the one before it");
        _lastNames[^1] = name.ToArray();
    }
}
