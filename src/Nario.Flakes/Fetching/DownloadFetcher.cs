using Nario.Flakes.Downloads;
using Nario.Flakes.References;
using Nario.Flakes.Unpacking;
using Nario.Store;
using Nario.Store.Local.Trees;
using Nario.Store.Pipeline;
using Nario.Store.Posix;

namespace Nario.Flakes.Fetching;

/// <summary>Downloads a file, and unpacks it if it is an archive.</summary>
/// <param name="url">Where the file is.</param>
/// <param name="isArchive">Whether it is unpacked.</param>
internal sealed class DownloadFetcher(FlakeUrl url, bool isArchive) : IFetcher
{
    private const int BlockLength = 64 * 1024;

    /// <inheritdoc/>
    public DestinationRule Rule => DestinationRule.New;

    /// <inheritdoc/>
    public FetchedTree Fetch(CloneDestination place, FetchContext context)
    {
        string shown = url.ToPublicText();
        context.Log.Write(MessageLevel.Information, isArchive ? $"unpacking '{shown}'..." : $"downloading '{shown}'...");
        if (url.Scheme == "file")
        {
            return Take(OpenFile(context), null, place, context);
        }

        using Downloader downloader = new(context);
        Download download = downloader.Open(url);
        return Take(download.Body, download.Link, place, context);
    }

    private FetchedTree Take(Stream content, string? link, CloneDestination place, FetchContext context)
    {
        FlakeReference? immutable = isArchive && link is not null ? ParseLink(link) : null;
        if (!isArchive)
        {
            using (content)
            {
                WriteFile(content, place, context);
            }

            return MakeTree(StagedPlace.EntryOfTree, place, context);
        }

        UnpackedArchive archive = ArchiveUnpacker.Unpack(content, place.Tree, context);
        StagedPlace staged = archive.HasOnlyFolder ? StagedPlace.EntryOfTree : StagedPlace.Tree;
        return MakeTree(staged, place, context) with
        {
            Rev = immutable?.Rev ?? archive.Commit,
            RevCount = immutable?.RevCount,
            LastModified = immutable?.LastModified ?? (ulong)Math.Max(0, archive.LastModified),
            Immutable = immutable,
        };
    }

    private static FetchedTree MakeTree(StagedPlace staged, CloneDestination place, FetchContext context) =>
        new(staged, () => TreeCopy.ComputeHash(place, staged, context.Cancellation));

    private static FlakeReference ParseLink(string link)
    {
        const string Fault = "tarball 'Link' headers that redirect to non-tarball URLs are not supported";
        try
        {
            return FlakeReference.Parse(link).Reference as TarballReference ?? throw new FlakeException(Fault);
        }
        catch (FlakeReferenceException error)
        {
            throw new FlakeException($"the server's 'Link' header has no flake reference: {error.Message}");
        }
    }

    private static void WriteFile(Stream content, CloneDestination place, FetchContext context)
    {
        using LimitedStream limited = new(content, context.Options.Limits.MaxSize, context.Cancellation);
        using FileDescriptor file = new();
        TreeMetadata.OfUser.CreateFile(file, place.Tree, TreeRestorer.RootEntryName);
        byte[] block = new byte[BlockLength];
        int count;
        while ((count = limited.Read(block)) > 0)
        {
            file.Write(block.AsSpan(0, count));
        }

        TreeMetadata.OfUser.FinishFile(file, isExecutable: false);
        file.CloseChecked();
    }

    private Stream OpenFile(FetchContext context)
    {
        string path = url.GetFilePath();
        string quoted = $"\"{EscapedText.FromText(path)}\"";
        if (Directory.Exists(path))
        {
            throw new FlakeException(Path.Exists(Path.Join(path, ".git"))
                ? $"tarball {quoted} is a git repository, not a tarball. Please use `git+file` as the scheme."
                : $"tarball {quoted} is a directory, not a file.");
        }

        if (!File.Exists(path))
        {
            throw new FlakeException($"tarball {quoted} does not exist.");
        }

        DescriptorStream file = DescriptorStream.OpenRead(path, context.Cancellation);
        return context.Options.Watch(file, file.IsRegularFile ? file.Length : null);
    }
}
