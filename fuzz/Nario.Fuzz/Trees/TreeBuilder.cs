namespace Nario.Fuzz.Trees;

/// <summary>Makes a tree by the operations that an input spells: any input gives a tree that can exist on a disk.</summary>
internal static class TreeBuilder
{
    private const int MaxOperations = 300;
    private const int MaxNameLength = 255;
    private const int MaxTargetLength = 4095;
    private const int MaxDirectContents = 40;
    private const int MaxRepetition = 70_000;

    /// <summary>Makes a tree.</summary>
    /// <param name="source">The operations.</param>
    public static TreeNode Build(ref ByteSource source)
    {
        switch (source.Next(8))
        {
            case 0:
                return NewFile(ref source);
            case 1:
                return NewLink(ref source);
            default:
                DirectoryNode root = new();
                Fill(root, ref source);
                return root;
        }
    }

    private static void Fill(DirectoryNode root, ref ByteSource source)
    {
        Stack<DirectoryNode> parents = new([root]);
        for (int count = 0; count < MaxOperations && !source.IsEmpty; count++)
        {
            DirectoryNode current = parents.Peek();
            switch (source.Next(12))
            {
                case 0 or 1:
                    current.Entries[NewName(ref source)] = NewFile(ref source);
                    break;
                case 2:
                    current.Entries[NewName(ref source)] = NewLink(ref source);
                    break;
                case 3 or 4:
                    DirectoryNode child = new();
                    current.Entries[NewName(ref source)] = child;
                    parents.Push(child);
                    break;
                case 5 when parents.Count > 1:
                    parents.Pop();
                    break;
                case 6 when Choose(current, ref source) is { } removed:
                    current.Entries.Remove(removed);
                    break;
                case 7 when Choose(current, ref source) is { } moved:
                    TreeNode node = current.Entries[moved];
                    current.Entries.Remove(moved);
                    current.Entries[NewName(ref source)] = node;
                    break;
                case 8 when Choose(current, ref source) is { } entered && current.Entries[entered] is DirectoryNode next:
                    parents.Push(next);
                    break;
                case 9 when Choose(current, ref source) is { } changed && current.Entries[changed] is FileNode file:
                    file.IsExecutable = !file.IsExecutable;
                    break;
                case 10 when Choose(current, ref source) is { } grown && current.Entries[grown] is FileNode file:
                    Append(file, ref source);
                    break;
                case 11:
                    for (int depth = source.Next(80); depth > 0; depth--)
                    {
                        DirectoryNode deeper = new();
                        parents.Peek().Entries["d"u8.ToArray()] = deeper;
                        parents.Push(deeper);
                    }

                    break;
            }
        }
    }

    private static byte[]? Choose(DirectoryNode directory, ref ByteSource source) =>
        directory.Entries.Count == 0 ? null : directory.Entries.Keys.ElementAt(source.Next(directory.Entries.Count));

    private static byte[] NewName(ref ByteSource source)
    {
        byte[] name = source.NextBytes(source.NextLength(1, MaxNameLength));
        name.AsSpan().Replace((byte)'/', (byte)'_');
        name.AsSpan().Replace((byte)0, (byte)'~');
        if (name is [(byte)'.'] or [(byte)'.', (byte)'.'])
        {
            name[0] = (byte)',';
        }

        return name;
    }

    private static LinkNode NewLink(ref ByteSource source)
    {
        byte[] target = source.NextBytes(source.NextLength(1, MaxTargetLength));
        target.AsSpan().Replace((byte)0, (byte)'/');
        return new LinkNode(target);
    }

    private static FileNode NewFile(ref ByteSource source)
    {
        FileNode file = new() { IsExecutable = source.NextBoolean() };
        Append(file, ref source);
        return file;
    }

    private static void Append(FileNode file, ref ByteSource source)
    {
        file.Append(source.NextBytes(source.Next(MaxDirectContents)));
        if (source.Next(16) == 1)
        {
            byte[] run = new byte[source.NextLength(0, MaxRepetition)];
            run.AsSpan().Fill(source.NextByte());
            file.Append(run);
        }
    }
}
