using System.Security.Cryptography;
using Nario.Codec;
using Nario.Fuzz.Importing;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Trees;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Export;
using Nario.Store.Paths;

namespace Nario.Fuzz.Exporting;

/// <summary>Exporting a tree of files.</summary>
internal sealed class ExportHarness : IHarness
{
    private const int MaxDepth = 64;

    /// <summary>Height of the highest tree that is made; each folder on the way takes a file descriptor.</summary>
    private const int MaxHeight = 200;

    private const int PipeMark = 1;
    private const int StoreMark = 2;
    private const string PathName = "tree";

    private static readonly byte[] PipeName = "pipe"u8.ToArray();

    private readonly Lazy<ChrootStore> _store = new(MakeStore);

    /// <inheritdoc/>
    public string Name => "export";

    /// <inheritdoc/>
    public string Description => "makes a tree of files by the input, exports it, also through a store: the same tree is read";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        int marks = source.NextByte();
        byte[] codes = [source.NextByte()];
        TreeNode tree = TreeBuilder.Build(ref source);
        if (tree.Height > MaxHeight)
        {
            return;
        }

        bool hasPipe = (marks & PipeMark) != 0 && tree is DirectoryNode;
        if (hasPipe)
        {
            ((DirectoryNode)tree).Entries[PipeName] = new PipeNode();
        }

        ChrootStore store = _store.Value;
        string file = store.GetPlaceOutside(PathName);
        byte[]? first;
        byte[]? second;
        using (new TreeOnDisk(file, tree))
        {
            first = Export(file, NarioVersion.All[0]);
            second = Export(file, NarioVersion.All[^1]);
        }

        bool isExportable = !hasPipe && tree.Height <= MaxDepth;
        FindingException.Unless(
            first is not null == isExportable && second is not null == isExportable,
            isExportable ? "a tree is refused that a NAR can hold" : "a tree is exported that a NAR cannot hold");
        if (!isExportable)
        {
            return;
        }

        FindingException.Unless(NarTreeHarness.TryWrite(tree, 1 << 16, out byte[] nar), "the writer refuses the tree");
        Compare(first!, codes, tree, nar);
        Compare(second!, codes, tree, nar);
        if ((marks & StoreMark) != 0)
        {
            store.Reset();
            using ChunkStream pipe = new(second!, codes);
            Exception? error = store.Import(pipe, checksSignatures: true);
            FindingException.Unless(error is null, $"an import refuses what was exported: {error?.Message}");
            store.Check();
            foreach (NarioVersion version in NarioVersion.All)
            {
                Compare(store.ExportAll(version), codes, tree, nar);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) =>
        samples.Operations.SelectMany(
            static _ => (byte[])[0, PipeMark, StoreMark], static (operations, marks) => (byte[])[marks, .. operations]);

    private static byte[]? Export(string file, NarioVersion version)
    {
        ExportRequest request = new() { Paths = [file], Version = version, StoreDirectory = StoreDirectory.Default };
        using MemoryStream output = new();
        try
        {
            NarioExporter.Export(
                request,
                static () => throw new FindingException("a store is opened to export a file"),
                output,
                new QuietLog(),
                CancellationToken.None);
            return output.ToArray();
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
            return null;
        }
    }

    private static void Compare(byte[] nario, byte[] codes, TreeNode tree, byte[] nar)
    {
        using ChunkStream pipe = new(nario, codes);
        using NarioReader reader = NarioReader.Open(pipe);
        FindingException.Unless(reader.Read(), "there is no path in the nario");
        ByteCollector consumer = new();
        TreeSink sink = new();
        reader.Nar.Attach(consumer);
        reader.Nar.CopyTo(sink);
        reader.Nar.Detach(consumer);
        NarioPathInfo info = reader.ReadInfo();
        FindingException.Unless(!reader.Read(), "there is more than one path in the nario");
        FindingException.Unless(consumer.Bytes.SequenceEqual(nar), "the NAR is another one than the writer makes");
        FindingException.Unless(sink.Root is not null && tree.IsSame(sink.Root), "another tree is read than was exported");
        FindingException.Unless(info.Path.EndsWith("-" + PathName, StringComparison.Ordinal), $"the path is '{info.Path}'");
        if (reader.Version.HasInfoFirst)
        {
            FindingException.Unless(
                info.NarSize == (ulong)nar.Length && info.NarHash == Convert.ToHexStringLower(SHA256.HashData(nar)),
                "size or hash of the NAR are stated wrongly");
        }
    }

    private static ChrootStore MakeStore()
    {
        ChrootStore store = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.Dispose();
        return store;
    }
}
