using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Import;
using Nario.Store.Paths;
using Nario.Store.Pipeline;

namespace Nario.Store.Listing;

/// <summary>Lists what a nario holds, without a store.</summary>
/// <remarks>
/// Contents of files are passed over wherever their hash is not shown. Beyond the blocks of the reader and the writer,
/// text needs memory for the info of one path and the digests of <see cref="SeenPaths"/>; JSON, which is sorted, for
/// the names of all paths too. What is larger waits in a <see cref="SpillBuffer"/>.
/// </remarks>
public static class NarioLister
{
    private const int OutputBlockSize = 64 * 1024;

    /// <summary>Lists a nario.</summary>
    /// <param name="reader">The nario, of which nothing has been read.</param>
    /// <param name="options">What is shown, and how.</param>
    /// <param name="output">Where the list goes; not closed. Text is there up to an error in the nario, JSON only when
    /// there is none.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>How many entries the nario has.</returns>
    /// <exception cref="StoreException">The nario is not valid, what is said of a path is malformed, or two different
    /// things are said of one path; the message says where.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static int List(
        NarioReader reader, ListOptions options, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);

        // Disposing it would close the output.
        BufferedStream buffered = new(output, OutputBlockSize);
        int count = 0;
        try
        {
            using IPathListing listing = options.Json
                ? new JsonListing(buffered, options)
                : new TextListing(buffered, options);
            SeenPaths seen = new();
            using NarHasher hasher = new();
            using TreeRecording recording = new();
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                count++;
                if (reader.Version.HasInfoFirst)
                {
                    ListAfterInfo(reader, options, listing, seen, cancellation);
                }
                else
                {
                    ListBeforeInfo(reader, options, listing, seen, hasher, recording, cancellation);
                }

                if (!reader.CanRewindNar)
                {
                    // Whoever feeds a pipe slowly sees each path when it has passed.
                    buffered.Flush();
                }
            }

            listing.Complete();
            return count;
        }
        catch (NarioFormatException error)
        {
            throw EntryError.Locate(error, reader, options.StoreDirectory);
        }
        catch (NarioEntryException error)
        {
            throw EntryError.Locate(error, reader, options.StoreDirectory);
        }
        finally
        {
            buffered.Flush();
        }
    }

    private static void ListAfterInfo(
        NarioReader reader,
        ListOptions options,
        IPathListing listing,
        SeenPaths seen,
        CancellationToken cancellation)
    {
        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(reader.Info!);
        StoreDirectory storeDirectory = GetStoreDirectory(reader, options);
        bool isRepeated = !seen.Add(info, storeDirectory);
        if (options.Recursive)
        {
            listing.Add(storeDirectory, info, isRepeated, sink => ReadTree(reader, sink, cancellation));
        }
        else
        {
            listing.Add(storeDirectory, info, isRepeated, null);
            reader.SkipNar();
        }
    }

    private static void ListBeforeInfo(
        NarioReader reader,
        ListOptions options,
        IPathListing listing,
        SeenPaths seen,
        NarHasher hasher,
        TreeRecording recording,
        CancellationToken cancellation)
    {
        long start = reader.Offset;
        if (listing.NeedsHash)
        {
            reader.Nar.Attach(hasher);
        }

        if (options.Recursive)
        {
            // The lines begin with the path, which is not known yet.
            recording.Clear();
            ReadTree(reader, recording, cancellation);
        }
        else
        {
            ReadTree(reader, NoSink.Instance, cancellation);
        }

        reader.Nar.Detach(hasher);
        ulong size = (ulong)(reader.Offset - start);

        // A list that does not show the hash has none computed.
        NixHash hash = listing.NeedsHash ? hasher.Finish().Hash : PathInfoMapping.NoHash;
        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(reader.ReadInfo(), hash, size);
        StoreDirectory storeDirectory = GetStoreDirectory(reader, options);
        bool isRepeated = !seen.Add(info, storeDirectory);
        listing.Add(storeDirectory, info, isRepeated, options.Recursive ? recording.Replay : null);
    }

    /// <summary>Gets the directory of the paths: that which the nario names, else that of the options.</summary>
    private static StoreDirectory GetStoreDirectory(NarioReader reader, ListOptions options)
    {
        try
        {
            return reader.DetectedStoreDirectory is { } directory
                ? new StoreDirectory(directory)
                : options.StoreDirectory;
        }
        catch (StorePathException error)
        {
            throw new NarioEntryException(NarioField.Path, error.Message, innerException: error);
        }
    }

    private static void ReadTree(NarioReader reader, INarSink sink, CancellationToken cancellation)
    {
        reader.Nar.SkipContents = true;
        reader.Nar.CopyTo(new CancellableSink(sink, cancellation));
    }
}
