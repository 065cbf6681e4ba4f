using Nario.Codec;

namespace Nario.Fuzz.Trees;

/// <summary>Gives a tree to a sink.</summary>
internal static class TreeReader
{
    /// <summary>Gives a tree to a sink.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="pieceLength">Size in bytes of the pieces in which contents are given.</param>
    /// <param name="sink">The sink.</param>
    public static void Read(TreeNode node, int pieceLength, INarSink sink)
    {
        switch (node)
        {
            case FileNode file:
                sink.BeginFile(file.IsExecutable, (ulong)file.Length);
                foreach (byte[] piece in file.ToArray().Chunk(pieceLength))
                {
                    sink.WriteContents(piece);
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
