using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Writes the framing of one version: what stands around the NARs.</summary>
internal abstract class VersionWriter(BlockWriter output)
{
    private static readonly Encoding StrictLatin1 =
        Encoding.GetEncoding("latin1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>The state of the current NAR.</summary>
    public abstract NarState NarState { get; }

    protected BlockWriter Output { get; } = output;

    /// <summary>Writes what a nario begins with.</summary>
    public abstract void Begin();

    /// <summary>Writes what comes before a path's NAR.</summary>
    public abstract void BeginPath(NarioPathInfo info);

    /// <summary>Writes what comes after a path's NAR.</summary>
    public abstract void EndPath(NarioPathInfo info);

    /// <summary>Writes what a nario ends with.</summary>
    public abstract void Complete();

    /// <summary>Gets the bytes of some text.</summary>
    /// <exception cref="ArgumentException">A character stands for no byte.</exception>
    protected static byte[] Bytes(string? text) => text is null ? [] : StrictLatin1.GetBytes(text);
}
