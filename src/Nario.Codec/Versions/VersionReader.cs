using System.Buffers;
using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of one version: what stands around the NARs.</summary>
internal abstract class VersionReader(BlockReader input)
{
    // By field; one that has not been read has no specification path.
    private readonly NarioPlace[] _places = new NarioPlace[Enum.GetValues<NarioField>().Length];

    /// <summary>What is said of the current path; null while that is still to come.</summary>
    public NarioPathInfo? Info { get; protected set; }

    /// <summary>Base name of the current path, from where it has been read on; else null.</summary>
    public string? Path { get; protected set; }

    /// <summary>Number of the current entry; the first one has number 1.</summary>
    public int EntryNumber { get; private set; }

    /// <summary>The state of the current NAR.</summary>
    public abstract NarState NarState { get; }

    /// <summary>Offset of the next byte from the beginning of the nario.</summary>
    public abstract long Offset { get; }

    protected BlockReader Input { get; } = input;

    /// <summary>Tells whether a nario of this version can begin so, and leaves this reader as it is.</summary>
    /// <param name="prefix">Its first bytes, as many as there are yet.</param>
    public OperationStatus Probe(ReadOnlySpan<byte> prefix)
    {
        try
        {
            return ReadBeginning(prefix) ? OperationStatus.Done : OperationStatus.NeedMoreData;
        }
        catch (NarioFormatException)
        {
            return OperationStatus.InvalidData;
        }
    }

    /// <summary>Reads up to the next NAR.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool ReadEntry();

    /// <summary>Reads what comes after a NAR, up to where <see cref="Info"/> is known.</summary>
    public abstract void FinishEntry();

    /// <summary>Gets where a field of the current entry stands; null when it has not been read.</summary>
    /// <param name="field">The field.</param>
    /// <param name="index">Which one of its items, of a list.</param>
    public NarioPlace? Find(NarioField field, int index)
    {
        NarioPlace place = _places[(int)field];
        if (place.SpecPath is null)
        {
            return null;
        }

        IReadOnlyList<string> items = field switch
        {
            NarioField.References => Info?.References ?? [],
            NarioField.Signatures => Info?.Signatures ?? [],
            _ => [],
        };
        return place with { Offset = place.Offset + items.Take(index).Sum(item => (long)GetSize(item)) };
    }

    /// <summary>Passes over the current NAR by its stated size; false when there is none.</summary>
    public abstract bool TrySkipNar();

    /// <summary>Lets nothing further be read.</summary>
    public abstract void Fail();

    /// <summary>Reads, with a state of its own, as much of the first bytes as tells the version.</summary>
    /// <returns>Whether they are enough for that.</returns>
    /// <exception cref="NarioFormatException">They are of another version, or of none.</exception>
    protected abstract bool ReadBeginning(ReadOnlySpan<byte> prefix);

    /// <summary>Gets how many bytes an item of a list takes in the file.</summary>
    protected virtual int GetSize(string item) => GetSize(Bytes(item));

    protected static int GetSize(ReadOnlySpan<byte> text) => NixWire.Str.GetSize(ulong.MinValue, ulong.MaxValue, text);

    /// <summary>Forgets the entry before, of which all has been read.</summary>
    protected void BeginEntry()
    {
        Info = null;
        Path = null;
        EntryNumber++;
        _places.AsSpan().Clear();
    }

    protected void Note(NarioField field, long offset, string specPath) =>
        _places[(int)field] = new NarioPlace(offset, specPath);

    protected static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    protected static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    protected static string? TextOrNull(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Text(bytes);
}
