using System.Buffers;
using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of one version: what stands around the NARs.</summary>
internal abstract class VersionReader(BlockReader input)
{
    /// <summary>What is said of the current path; null while that is still to come.</summary>
    public NarioPathInfo? Info { get; protected set; }

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

    /// <summary>Passes over the current NAR by its stated size; false when there is none.</summary>
    public abstract bool TrySkipNar();

    /// <summary>Reads, with a state of its own, as much of the first bytes as tells the version.</summary>
    /// <returns>Whether they are enough for that.</returns>
    /// <exception cref="NarioFormatException">They are of another version, or of none.</exception>
    protected abstract bool ReadBeginning(ReadOnlySpan<byte> prefix);

    protected static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    protected static string? TextOrNull(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Text(bytes);
}
