using System.Globalization;
using System.Text;
using Nario.Codec;
using Nario.Store;

namespace Nario.Flakes.Fetching;

/// <summary>Reads the tree of the commit that is checked out from the objects of git, as Nix hashes it.</summary>
/// <remarks>
/// Not from the working copy, in which filters and line ends of the user may have changed files. Submodules are empty
/// folders. Memory: the names of the tree.
/// </remarks>
internal static class GitTree
{
    private const string ExecutableMode = "100755";

    private const string LinkMode = "120000";

    private const string SubmoduleMode = "160000";

    private const int BlockLength = 64 * 1024;

    private const int MaxHeaderLength = 256;

    /// <summary>The bytes of names and hashes that a tree may have.</summary>
    private const long MaxListLength = 256L << 20;

    /// <summary>Reads the tree.</summary>
    /// <param name="git">The program.</param>
    /// <param name="repository">The folder with the working copy.</param>
    /// <param name="sink">Takes the tree.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    internal static void Read(ExternalProgram git, string repository, INarSink sink)
    {
        Folder root = new();
        git.Read(output => ReadList(output, root), "-C", repository, "ls-tree", "-r", "-z", "--full-tree", "HEAD");
        git.Converse(
            (input, output) => new Writer(input, new BufferedStream(output, BlockLength), sink).Write(root),
            "-C",
            repository,
            "cat-file",
            "--batch");
    }

    /// <summary>Reads lines <c>MODE TYPE HASH TAB PATH</c>, each ended by a NUL.</summary>
    private static void ReadList(Stream output, Folder root)
    {
        BufferedStream buffered = new(output, BlockLength);
        List<byte> line = [];
        long length = 0;
        for (int value; (value = buffered.ReadByte()) >= 0;)
        {
            if (++length > MaxListLength)
            {
                throw new FlakeException($"the names of the tree take more than {MaxListLength} bytes");
            }

            if (value != 0)
            {
                line.Add((byte)value);
                continue;
            }

            byte[] bytes = [.. line];
            line.Clear();
            int tab = bytes.AsSpan().IndexOf((byte)'\t');
            string[] words = Encoding.ASCII.GetString(bytes, 0, Math.Max(tab, 0)).Split(' ');
            if (words.Length != 3)
            {
                throw new FlakeException("git has listed the tree in another form than expected");
            }

            root.Add(bytes.AsSpan(tab + 1), new Leaf(words[0], words[2]));
        }
    }

    private abstract record Node;

    private sealed record Leaf(string Mode, string Hash) : Node;

    private sealed record Folder : Node
    {
        public SortedDictionary<byte[], Node> Entries { get; } =
            new(Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right)));

        public void Add(ReadOnlySpan<byte> path, Leaf leaf)
        {
            Folder folder = this;
            for (int slash; (slash = path.IndexOf((byte)'/')) >= 0; path = path[(slash + 1)..])
            {
                byte[] name = path[..slash].ToArray();
                if (!folder.Entries.TryGetValue(name, out Node? next))
                {
                    folder.Entries.Add(name, next = new Folder());
                }

                folder = next as Folder
                    ?? throw new FlakeException($"'{EscapedText.FromBytes(name)}' is a file and a folder in the commit");
            }

            if (!folder.Entries.TryAdd(path.ToArray(), leaf))
            {
                throw new FlakeException($"'{EscapedText.FromBytes(path)}' is twice in one folder of the commit");
            }
        }
    }

    private sealed class Writer(Stream input, Stream output, INarSink sink)
    {
        private readonly byte[] _block = new byte[BlockLength];

        public void Write(Folder root)
        {
            // Not by recursion: a commit can be as deep as its author likes.
            Stack<IEnumerator<KeyValuePair<byte[], Node>>> open = new();
            sink.BeginDirectory();
            open.Push(root.Entries.GetEnumerator());
            while (open.TryPeek(out IEnumerator<KeyValuePair<byte[], Node>>? entries))
            {
                if (!entries.MoveNext())
                {
                    open.Pop().Dispose();
                    sink.EndDirectory();
                    continue;
                }

                sink.BeginEntry(entries.Current.Key);
                switch (entries.Current.Value)
                {
                    case Folder folder:
                        sink.BeginDirectory();
                        open.Push(folder.Entries.GetEnumerator());
                        break;
                    case Leaf { Mode: SubmoduleMode }:
                        sink.BeginDirectory();
                        sink.EndDirectory();
                        break;
                    case Leaf leaf:
                        WriteLeaf(leaf);
                        break;
                    default:
                        throw new System.Diagnostics.UnreachableException();
                }
            }
        }

        private void WriteLeaf(Leaf leaf)
        {
            input.Write(Encoding.ASCII.GetBytes($"{leaf.Hash}\n"));
            input.Flush();
            ulong length = ReadHeader(leaf.Hash);
            if (leaf.Mode == LinkMode)
            {
                if (length > (ulong)_block.Length)
                {
                    throw new FlakeException("a symbolic link of the commit has an invalid target");
                }

                output.ReadExactly(_block, 0, (int)length);
                sink.WriteSymlink(_block.AsSpan(0, (int)length));
            }
            else
            {
                sink.BeginFile(leaf.Mode == ExecutableMode, length);
                while (length > 0)
                {
                    int count = output.Read(_block, 0, (int)Math.Min(length, (ulong)_block.Length));
                    if (count == 0)
                    {
                        throw new EndOfStreamException("git has ended early");
                    }

                    sink.WriteContents(_block.AsSpan(0, count));
                    length -= (ulong)count;
                }
            }

            output.ReadByte();
        }

        private ulong ReadHeader(string hash)
        {
            StringBuilder line = new();
            for (int value; (value = output.ReadByte()) is >= 0 and not '\n' && line.Length < MaxHeaderLength;)
            {
                line.Append((char)value);
            }

            return line.ToString().Split(' ') is [var answered, "blob", var size]
                && answered == hash
                && ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out ulong length)
                    ? length
                    : throw new FlakeException($"git does not have the object {EscapedText.FromText(hash)}");
        }
    }
}
