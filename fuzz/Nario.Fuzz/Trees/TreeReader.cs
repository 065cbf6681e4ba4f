using Nario.Codec;

namespace Nario.Fuzz.Trees;

/// <summary>Gives a tree to a sink.</summary>
internal static class TreeReader
{
    /// <summary>Gives a tree to a sink: every other piece of contents through its room, where it has some.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="pieceLength">Size in bytes of the pieces in which contents are given.</param>
    /// <param name="sink">The sink.</param>
    public static void Read(TreeNode node, int pieceLength, INarSink sink)
    {
        switch (node)
        {
            case FileNode file:
                sink.BeginFile(file.IsExecutable, (ulong)file.Length);
                bool isCopied = false;
                foreach (byte[] piece in file.ToArray().Chunk(pieceLength))
                {
                    Span<byte> room = isCopied ? default : sink.GetContentsSpan();
                    isCopied = !isCopied;
                    if (room.Length < piece.Length)
                    {
                        sink.WriteContents(piece);
                        continue;
                    }

                    piece.CopyTo(room);
                    sink.AdvanceContents(piece.Length);
                }

                break;
            case LinkNode link:
                sink.WriteSymlink(link.Target);
                break;
            case DirectoryNode directory:
                sink.BeginDirectory();
                foreach ((byte[] name, TreeNode child) in directory.Entries)
                {
                    sink.BeginEntry(name);
                    Read(child, pieceLength, sink);
                }

                sink.EndDirectory();
                break;
        }
    }
}
