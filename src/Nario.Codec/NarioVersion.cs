using Nario.Codec.Blocks;
using Nario.Codec.Versions;

namespace Nario.Codec;

/// <summary>A version of the nario format. <see cref="All"/> is the one table of versions.</summary>
public sealed class NarioVersion
{
    private readonly Func<BlockReader, NarioOptions, VersionReader> _makeReader;
    private readonly Func<BlockWriter, NarioOptions, VersionWriter> _makeWriter;

    internal NarioVersion(
        int number,
        bool hasInfoFirst,
        Func<BlockReader, NarioOptions, VersionReader> makeReader,
        Func<BlockWriter, NarioOptions, VersionWriter> makeWriter,
        bool hasFullPaths = false)
    {
        Number = number;
        HasInfoFirst = hasInfoFirst;
        HasFullPaths = hasFullPaths;
        _makeReader = makeReader;
        _makeWriter = makeWriter;
    }

    /// <summary>All versions, in the order in which they are tried.</summary>
    public static IReadOnlyList<NarioVersion> All { get; } =
    [
        new(
            1,
            hasInfoFirst: false,
            (input, options) => new Version1Reader(input, options),
            (output, options) => new Version1Writer(output, options),
            hasFullPaths: true),
        new(2, hasInfoFirst: true, (input, _) => new Version2Reader(input), (output, _) => new Version2Writer(output)),
    ];

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <summary>Whether a path's info stands before its NAR, with the NAR's hash and size.</summary>
    public bool HasInfoFirst { get; }

    /// <summary>Whether paths stand there with their store directory.</summary>
    public bool HasFullPaths { get; }

    /// <summary>Gets a version by its number; null when there is none.</summary>
    public static NarioVersion? Find(int number) => All.FirstOrDefault(version => version.Number == number);

    internal VersionReader MakeReader(BlockReader input, NarioOptions options) => _makeReader(input, options);

    internal VersionWriter MakeWriter(BlockWriter output, NarioOptions options) => _makeWriter(output, options);
}
