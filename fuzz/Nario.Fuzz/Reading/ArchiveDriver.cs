using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Drives the generated reader of any kind of archive.</summary>
internal static class ArchiveDriver
{
    /// <summary>Reads an archive to its end.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="input">The archive, and perhaps more.</param>
    /// <param name="sizes">How it is divided.</param>
    /// <param name="skip">Whether contents are passed over.</param>
    /// <param name="visitor">Takes the tokens.</param>
    /// <returns>Size of the archive in bytes.</returns>
    /// <exception cref="NarioFormatException">It is not valid.</exception>
    public static long Read<TVisitor>(
        ArchiveKind kind, ReadOnlySpan<byte> input, ChunkSizes sizes, bool skip, TVisitor visitor)
        where TVisitor : ITokenVisitor
    {
        BlockFeed feed = new(input, sizes);
        switch (kind)
        {
            case ArchiveKind.Nar:
                NarState nar = new();
                NarDriver.Read(ref feed, nar, skip, visitor);
                return nar.Offset;
            case ArchiveKind.NarioV1:
                NarioV1State version1 = new();
                NarioV1Driver.Read(ref feed, version1, skip, visitor);
                return version1.Offset;
            default:
                NarioV2State version2 = new();
                NarioV2Driver.Read(ref feed, version2, skip, visitor);
                return version2.Offset;
        }
    }
}
