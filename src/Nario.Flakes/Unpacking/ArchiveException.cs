using Nario.Store;

namespace Nario.Flakes.Unpacking;

/// <summary>Says what is wrong with an archive, and where.</summary>
public sealed class ArchiveException : FlakeException
{
    private ArchiveException(string message, string? entry, long offset)
        : base(message)
    {
        Entry = entry;
        Offset = offset;
    }

    /// <summary>Gets the name of the entry, escaped; null when none is meant.</summary>
    public string? Entry { get; }

    /// <summary>Gets the place in the unpacked archive in bytes; -1 when none is meant.</summary>
    public long Offset { get; }

    internal static ArchiveException At(long offset, string fault) =>
        new($"{fault} (offset {offset} of the archive)", null, offset);

    internal static ArchiveException Of(ReadOnlySpan<byte> entry, string fault)
    {
        string name = EscapedText.FromBytes(entry);
        return new ArchiveException($"file '{name}' in the archive {fault}", name, -1);
    }

    internal static ArchiveException Whole(string fault) => new(fault, null, -1);
}
