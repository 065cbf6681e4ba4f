using System.Buffers.Binary;
using System.Text;
using Nario.Fuzz.Trees;

namespace Nario.Fuzz.Bending;

/// <summary>Writes a tree as a NAR token by token, without a limit and without the code that is tried.</summary>
internal static class RawNar
{
    private const int WordSize = 8;

    /// <summary>Gets the NAR.</summary>
    /// <param name="root">The tree.</param>
    public static byte[] Write(TreeNode root)
    {
        List<byte> nar = [];
        Add(nar, "nix-archive-1");
        AddNode(nar, root);
        return [.. nar];
    }

    private static void AddNode(List<byte> nar, TreeNode node)
    {
        Add(nar, "(", "type");
        switch (node)
        {
            case FileNode file:
                Add(nar, "regular");
                if (file.IsExecutable)
                {
                    Add(nar, "executable", string.Empty);
                }

                Add(nar, "contents");
                Add(nar, file.ToArray());
                break;
            case LinkNode link:
                Add(nar, "symlink", "target");
                Add(nar, link.Target);
                break;
            case DirectoryNode directory:
                Add(nar, "directory");
                foreach ((byte[] name, TreeNode child) in directory.Entries)
                {
                    Add(nar, "entry", "(", "name");
                    Add(nar, name);
                    Add(nar, "node");
                    AddNode(nar, child);
                    Add(nar, ")");
                }

                break;
        }

        Add(nar, ")");
    }

    private static void Add(List<byte> nar, params ReadOnlySpan<string> tokens)
    {
        foreach (string token in tokens)
        {
            Add(nar, Encoding.ASCII.GetBytes(token));
        }
    }

    private static void Add(List<byte> nar, byte[] token)
    {
        byte[] length = new byte[WordSize];
        BinaryPrimitives.WriteInt64LittleEndian(length, token.Length);
        nar.AddRange(length);
        nar.AddRange(token);
        nar.AddRange(new byte[(WordSize - (token.Length % WordSize)) % WordSize]);
    }
}
