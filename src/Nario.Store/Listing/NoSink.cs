using Nario.Codec;

namespace Nario.Store.Listing;

/// <summary>Takes a tree and keeps nothing of it.</summary>
internal sealed class NoSink : INarSink
{
    public static NoSink Instance { get; } = new();

    public void BeginDirectory()
    {
    }

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
    }

    public void EndDirectory()
    {
    }

    public void BeginFile(bool isExecutable, ulong length)
    {
    }

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
    }

    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
    }
}
