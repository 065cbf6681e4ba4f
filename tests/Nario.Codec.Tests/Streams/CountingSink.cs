namespace Nario.Codec.Tests.Streams;

/// <summary>Counts what it takes.</summary>
public sealed class CountingSink : INarSink
{
    /// <summary>Number of directories.</summary>
    public long Directories { get; private set; }

    /// <summary>Number of entries.</summary>
    public long Entries { get; private set; }

    /// <summary>Number of bytes of contents.</summary>
    public long ContentBytes { get; private set; }

    /// <inheritdoc/>
    public void BeginDirectory() => Directories++;

    /// <inheritdoc/>
    public void BeginEntry(ReadOnlySpan<byte> name) => Entries++;

    /// <inheritdoc/>
    public void EndDirectory()
    {
    }

    /// <inheritdoc/>
    public void BeginFile(bool isExecutable, ulong length)
    {
    }

    /// <inheritdoc/>
    public void WriteContents(ReadOnlySpan<byte> chunk) => ContentBytes += chunk.Length;

    /// <inheritdoc/>
    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
    }
}
