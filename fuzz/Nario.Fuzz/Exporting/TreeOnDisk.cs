using System.Runtime.InteropServices;
using System.Text;
using Nario.Fuzz.Trees;

namespace Nario.Fuzz.Exporting;

/// <summary>
/// A tree in a folder. Names are bytes, and each is made and removed relative to its parent: neither UTF-8 nor the longest
/// path of the system limit them.
/// </summary>
internal sealed partial class TreeOnDisk : IDisposable
{
    private const int CurrentFolder = -100;
    private const int RemoveFolder = 0x200;
    private const int OpenFolder = 0x10000;
    private const int CreateFile = 0x1 | 0x40 | 0x80;
    private const uint Pipe = 0x1000;

    private const uint FolderMode = 0x1ed;
    private const uint FileMode = 0x1a4;
    private const uint ExecutableMode = 0x1ed;

    private readonly TreeNode _root;
    private readonly byte[] _path;

    /// <summary>Makes the tree.</summary>
    /// <param name="path">Where; nothing may be there.</param>
    /// <param name="root">The tree.</param>
    public TreeOnDisk(string path, TreeNode root)
    {
        _root = root;
        _path = Encoding.UTF8.GetBytes(path);
        Make(CurrentFolder, _path, root);
    }

    /// <inheritdoc/>
    public void Dispose() => Remove(CurrentFolder, _path, _root);

    private static void Make(int parent, byte[] name, TreeNode node)
    {
        byte[] text = [.. name, 0];
        switch (node)
        {
            case FileNode file:
                int descriptor = Check(OpenAt(parent, text, CreateFile, file.IsExecutable ? ExecutableMode : FileMode));
                byte[] contents = file.ToArray();
                FindingException.Unless(
                    contents.Length == 0 || Write(descriptor, contents, contents.Length) == contents.Length,
                    "the folder of the tree has no room");
                _ = Close(descriptor);
                break;
            case LinkNode link:
                Check(SymbolicLinkAt([.. link.Target, 0], parent, text));
                break;
            case DirectoryNode directory:
                Check(MakeFolderAt(parent, text, FolderMode));
                int folder = Check(OpenAt(parent, text, OpenFolder, 0));
                foreach ((byte[] child, TreeNode inner) in directory.Entries)
                {
                    Make(folder, child, inner);
                }

                _ = Close(folder);
                break;
            case PipeNode:
                Check(MakeNodeAt(parent, text, Pipe | FileMode, 0));
                break;
        }
    }

    private static void Remove(int parent, byte[] name, TreeNode node)
    {
        byte[] text = [.. name, 0];
        if (node is not DirectoryNode directory)
        {
            Check(UnlinkAt(parent, text, 0));
            return;
        }

        int folder = Check(OpenAt(parent, text, OpenFolder, 0));
        foreach ((byte[] child, TreeNode inner) in directory.Entries)
        {
            Remove(folder, child, inner);
        }

        _ = Close(folder);
        Check(UnlinkAt(parent, text, RemoveFolder));
    }

    private static int Check(int result) => result >= 0
        ? result
        : throw new InvalidOperationException($"the tree cannot be made: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int folder, byte[] name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    private static partial int MakeFolderAt(int folder, byte[] name, uint mode);

    [LibraryImport("libc", EntryPoint = "mknodat", SetLastError = true)]
    private static partial int MakeNodeAt(int folder, byte[] name, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    private static partial int SymbolicLinkAt(byte[] target, int folder, byte[] name);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkAt(int folder, byte[] name, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
