using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Writes the framing of one version: what stands around the NARs.</summary>
internal abstract class VersionWriter(BlockWriter output)
{
    /// <summary>The state of the current NAR.</summary>
    public abstract NarState NarState { get; }

    protected BlockWriter Output { get; } = output;

    public abstract void Begin();

    /// <summary>Writes what comes before a path's NAR.</summary>
    public abstract void BeginPath(NarioPathInfo info);

    /// <summary>Writes what comes after a path's NAR.</summary>
    public abstract void EndPath(NarioPathInfo info);

    public abstract void Complete();

    protected static byte[] Bytes(string? text) => text is null ? [] : Encoding.Latin1.GetBytes(text);
}
