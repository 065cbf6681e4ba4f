using System.Text;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Posix;

namespace Nario.Store.Export;

/// <summary>A file or folder outside a store, taken as <c>nix store add</c> would take it.</summary>
internal sealed class SourceTree
{
    private readonly string _fullPath;
    private readonly bool _stripsCaseHack;

    private SourceTree(string name, string fullPath, ValidPathInfo info, bool stripsCaseHack)
    {
        _stripsCaseHack = stripsCaseHack;
        Name = name;
        _fullPath = fullPath;
        Info = info;
    }

    /// <summary>What the caller called it.</summary>
    public string Name { get; }

    /// <summary>What a store would know of it: content-addressed by its NAR, without references, registered at no known time, so that equal trees give equal narios.</summary>
    public ValidPathInfo Info { get; }

    /// <summary>Reads a tree to find its content address.</summary>
    /// <param name="storeDirectory">The store directory that the path is for.</param>
    /// <param name="file">Where it is.</param>
    /// <param name="name">The name of the store path; null: the base name of the file.</param>
    /// <param name="stripsCaseHack">As <see cref="ExportRequest.StripsCaseHack"/>.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="SourceNameException">Its name cannot be that of a store path, which is found before anything is
    /// read.</exception>
    /// <exception cref="StoreException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static SourceTree Describe(
        StoreDirectory storeDirectory, string file, string? name, bool stripsCaseHack, CancellationToken cancellation)
    {
        string fullPath = Path.TrimEndingDirectorySeparator(WorkingDirectory.GetFullPath(file));
        string objectName = name ?? Path.GetFileName(fullPath);
        if (StorePathName.FindFault(Encoding.UTF8.GetBytes(objectName)) is { } fault)
        {
            throw new SourceNameException(file, objectName, fault);
        }

        (NixHash hash, ulong size) = NarDigest.Of(sink => TreeWalker.Walk(fullPath, sink, stripsCaseHack), cancellation);
        ContentAddress address = new(ContentAddressMethod.Nar, hash);
        StorePath path = address.ComputePath(storeDirectory, objectName, [], hasSelfReference: false);
        ValidPathInfo info = new() { Path = path, NarHash = hash, NarSize = size, ContentAddress = address };
        return new SourceTree(file, fullPath, info, stripsCaseHack);
    }

    /// <summary>Reads the tree.</summary>
    public void Read(INarSink sink) => TreeWalker.Walk(_fullPath, sink, _stripsCaseHack);
}
