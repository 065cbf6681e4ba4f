using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>
/// The entries of one directory in ascending byte order of their names. Holds all of them: a directory on disk has no
/// order of its own. Can be filled again without allocating.
/// </summary>
internal sealed class EntryList : IComparer<EntryList.Entry>
{
    private const int FirstNamesCapacity = 1024;
    private const int FirstEntriesCapacity = 32;

    private byte[] _names = new byte[FirstNamesCapacity];
    private int _namesLength;
    private Entry[] _entries = new Entry[FirstEntriesCapacity];

    /// <summary>Gets how many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the name of an entry.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The name, valid until the list is filled again.</returns>
    public ReadOnlySpan<byte> GetName(int index)
    {
        Entry entry = _entries[index];
        return _names.AsSpan(entry.NameStart, entry.NameLength);
    }

    /// <summary>Gets what an entry is, as far as the directory tells.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The kind, possibly unknown.</returns>
    public FileKind GetKind(int index) => _entries[index].Kind;

    /// <summary>Reads a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="reader">Is used for it.</param>
    /// <exception cref="PosixException">It cannot be read.</exception>
    public void Fill(FileDescriptor directory, DirectoryReader reader)
    {
        Count = 0;
        _namesLength = 0;
        reader.Begin(directory);
        while (reader.Read())
        {
            Add(reader.Name, reader.Kind);
        }

        _entries.AsSpan(0, Count).Sort(this);
    }

    /// <inheritdoc/>
    public int Compare(Entry x, Entry y) =>
        _names.AsSpan(x.NameStart, x.NameLength).SequenceCompareTo(_names.AsSpan(y.NameStart, y.NameLength));

    private void Add(ReadOnlySpan<byte> name, FileKind kind)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        if (name.Length > _names.Length - _namesLength)
        {
            Array.Resize(ref _names, checked(_names.Length * 2));
        }

        name.CopyTo(_names.AsSpan(_namesLength));
        _entries[Count++] = new Entry(_namesLength, (ushort)name.Length, kind);
        _namesLength += name.Length;
    }

    /// <summary>Where the name of an entry is, and what it is.</summary>
    /// <param name="NameStart">Index among the names.</param>
    /// <param name="NameLength">In bytes.</param>
    /// <param name="Kind">What the directory tells.</param>
    internal readonly record struct Entry(int NameStart, ushort NameLength, FileKind Kind);
}
