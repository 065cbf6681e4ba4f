using Nario.Flakes.Fetching;
using Nario.Store.Listing;
using Nario.Store.Posix;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using ZstdSharp;

namespace Nario.Flakes.Unpacking;

/// <summary>Unpacks an archive of any format that is known, compressed or not.</summary>
internal static class ArchiveUnpacker
{
    /// <summary>How often an archive may be compressed.</summary>
    private const int MaxLayers = 3;

    private const string Unrecognized = "Failed to open archive (Unrecognized archive format)";

    /// <summary>Unpacks.</summary>
    /// <param name="input">The archive; disposed in the end.</param>
    /// <param name="root">An empty folder.</param>
    /// <param name="context">What limits there are, and where warnings go.</param>
    /// <exception cref="ArchiveException">It is no archive, malformed, or too large.</exception>
    internal static UnpackedArchive Unpack(Stream input, FileDescriptor root, FetchContext context)
    {
        using ArchiveRestorer restorer = new(root, context.Options.Limits, context.Cancellation);
        UnpackedArchive result = Unpack(input, restorer, context);
        restorer.Complete();
        if (restorer.ReplacedCount > 0)
        {
            context.Warn($"{restorer.ReplacedCount} entries of the archive have the name of another one");
        }

        return result with { HasOnlyFolder = restorer.HasOnlyFolder() };
    }

    private static UnpackedArchive Unpack(Stream input, ArchiveRestorer restorer, FetchContext context)
    {
        Stream stream = input;
        try
        {
            for (int layer = 0; layer <= MaxLayers; layer++)
            {
                byte[] prefix = new byte[ArchiveFormat.PrefixLength];
                int length = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
                ArchiveFormat.Kind kind = ArchiveFormat.Find(prefix.AsSpan(0, length), out string name);
                stream = new PrefixedStream(prefix.AsMemory(0, length), stream);
                switch (kind)
                {
                    case ArchiveFormat.Kind.Empty:
                        return new UnpackedArchive();
                    case ArchiveFormat.Kind.Tar:
                        return UnpackTar(stream, restorer, context);
                    case ArchiveFormat.Kind.Zip:
                        return UnpackZip(stream, restorer, context);
                    case ArchiveFormat.Kind.Gzip or ArchiveFormat.Kind.Bzip2 or ArchiveFormat.Kind.Xz or ArchiveFormat.Kind.Zstd:
                        stream = new LimitedStream(
                            MakeDecoder(kind, stream, name), context.Options.Limits.MaxSize, context.Cancellation);
                        break;
                    case ArchiveFormat.Kind.Unsupported:
                        throw ArchiveException.Whole($"the format {name} is not supported");
                    default:
                        throw ArchiveException.Whole(Unrecognized);
                }
            }

            throw ArchiveException.Whole($"the archive is compressed more than {MaxLayers} times");
        }
        finally
        {
            stream.Dispose();
        }
    }

    private static DecodingStream MakeDecoder(ArchiveFormat.Kind kind, Stream stream, string name) =>
        new(() => Decode(kind, stream), name);

    private static Stream Decode(ArchiveFormat.Kind kind, Stream stream) => kind switch
    {
        ArchiveFormat.Kind.Gzip => Inflating.OpenGzip(stream),
        ArchiveFormat.Kind.Bzip2 => BZip2Stream.Create(stream, CompressionMode.Decompress, decompressConcatenated: true),
        ArchiveFormat.Kind.Xz => new XzStream(stream),
        ArchiveFormat.Kind.Zstd => new DecompressionStream(stream, leaveOpen: false),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static UnpackedArchive UnpackTar(Stream stream, ArchiveRestorer restorer, FetchContext context)
    {
        TarUnpacker unpacker = new(stream, restorer);
        unpacker.Unpack();
        if (unpacker.HasRest)
        {
            context.Warn("the bytes after the end of the archive were ignored");
        }

        return new UnpackedArchive { Commit = unpacker.Commit, LastModified = unpacker.LastModified };
    }

    /// <summary>Unpacks a zip archive, whose directory is at its end: it is kept in a temporary file first.</summary>
    private static UnpackedArchive UnpackZip(Stream stream, ArchiveRestorer restorer, FetchContext context)
    {
        using SpillBuffer archive = new();
        using (LimitedStream limited = new(stream, context.Options.Limits.MaxSize, context.Cancellation))
        {
            limited.CopyTo(archive);
        }

        ZipUnpacker unpacker = new(archive, restorer, context.Options.Limits);
        unpacker.Unpack();
        if (unpacker.UnusedLength > 0)
        {
            context.Warn($"{unpacker.UnusedLength} bytes of the archive belong to no entry of its directory");
        }

        return new UnpackedArchive { LastModified = unpacker.LastModified };
    }
}
