using System.Buffers;
using System.Diagnostics;
using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of one version: what stands around the NARs.</summary>
/// <remarks>A version maps the tokens of its generated reader to the fields of an entry; the pump is shared.</remarks>
internal abstract class VersionReader(BlockReader input)
{
    // By field; one that has not been read has no specification path.
    private readonly NarioPlace[] _places = new NarioPlace[Enum.GetValues<NarioField>().Length];

    /// <summary>What is said of the current path; null while that is still to come.</summary>
    public NarioPathInfo? Info { get; protected set; }

    /// <summary>Base name of the current path, from where it has been read on; else null.</summary>
    public string? Path { get; protected set; }

    /// <summary>The store directory that was taken from the first full path; else null.</summary>
    public virtual string? DetectedStoreDirectory => null;

    /// <summary>Number of the current entry; the first one has number 1.</summary>
    public int EntryNumber { get; private set; }

    /// <summary>The state of the current NAR.</summary>
    public abstract NarState NarState { get; }

    /// <summary>Offset of the next byte from the beginning of the nario.</summary>
    public abstract long Offset { get; }

    protected BlockReader Input { get; } = input;

    /// <summary>Whether the nario has been read to its end marker.</summary>
    protected abstract bool IsComplete { get; }

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
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    public abstract bool ReadEntry();

    /// <summary>Called before the first byte of a NAR is read, also when it is read once more: a version attaches its own
    /// consumers here.</summary>
    public virtual void BeginNar()
    {
    }

    /// <summary>Reads and checks what stands between the end of the NAR and the end of the entry; <see cref="Info"/> is known then.</summary>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
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

    /// <summary>Passes over the current NAR by its stated size; false when the version states none.</summary>
    /// <exception cref="NarioFormatException">The input ends before the NAR does.</exception>
    public abstract bool TrySkipNar();

    /// <summary>Lets nothing further be read.</summary>
    public abstract void Fail();

    /// <summary>Reads, with a state of its own, as much of the first bytes as tells the version.</summary>
    /// <returns>Whether they are enough for that.</returns>
    /// <exception cref="NarioFormatException">They are of another version, or of none.</exception>
    protected abstract bool ReadBeginning(ReadOnlySpan<byte> prefix);

    /// <summary>Reads the tokens of a part of an entry from one block, and notes their fields.</summary>
    /// <param name="part">The part.</param>
    /// <param name="block">The bytes from <see cref="Offset"/> on.</param>
    /// <param name="isFinal">Whether the input ends with the block.</param>
    /// <param name="consumed">How many bytes of the block were read.</param>
    /// <returns>Whether the part has been read to its end.</returns>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    protected abstract bool ReadTokens(EntryPart part, ReadOnlySpan<byte> block, bool isFinal, out int consumed);

    /// <summary>Gets how many bytes an item of a list takes in the file.</summary>
    protected virtual int GetSize(string item) => GetSize(Bytes(item));

    protected static int GetSize(ReadOnlySpan<byte> text) => NixWire.Str.GetSize(ulong.MinValue, ulong.MaxValue, text);

    /// <summary>Reads a part of an entry.</summary>
    /// <returns>Whether it is there; if not, the nario is complete.</returns>
    protected bool ReadPart(EntryPart part) => Input.Pump(new PartStep(this, part));

    /// <summary>Forgets the entry before, all of which has been read.</summary>
    protected void BeginEntry()
    {
        Info = null;
        Path = null;
        EntryNumber++;
        _places.AsSpan().Clear();
    }

    /// <summary>Notes where a field stands.</summary>
    protected void Note(NarioField field, long offset, string specPath) =>
        _places[(int)field] = new NarioPlace(offset, specPath);

    protected static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    protected static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    protected static string? TextOrNull(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Text(bytes);

    private readonly struct PartStep(VersionReader version, EntryPart part) : IBlockStep
    {
        public bool IsComplete => version.IsComplete;

        public bool Read(ReadOnlySpan<byte> block, bool isFinal, out int consumed, out long toSkip)
        {
            // Only contents are passed over, and they are the cursor's.
            toSkip = 0;
            return version.ReadTokens(part, block, isFinal, out consumed);
        }

        public void Unskip(long count) => throw new UnreachableException();
    }
}
