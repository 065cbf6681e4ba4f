using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>
/// The entries of one directory in ascending byte order of their names in a NAR. Holds all of them: a directory on disk has no
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

    /// <summary>What Nix adds to names, before a number, where the file system ignores case.</summary>
    private static ReadOnlySpan<byte> CaseHackSuffix => "~nix~case~hack~"u8;

    /// <summary>Gets the name that an entry has on the disk.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The name, valid until the list is filled again.</returns>
    public ReadOnlySpan<byte> GetName(int index)
    {
        Entry entry = _entries[index];
        return _names.AsSpan(entry.NameStart, entry.NameLength);
    }

    /// <summary>Gets the name that an entry has in a NAR.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The name, valid until the list is filled again.</returns>
    public ReadOnlySpan<byte> GetOriginalName(int index) => GetName(index)[.._entries[index].OriginalLength];

    /// <summary>Gets what an entry is, as far as the directory tells.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The kind, possibly unknown.</returns>
    public FileKind GetKind(int index) => _entries[index].Kind;

    /// <summary>Reads a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="reader">Is used for it.</param>
    /// <param name="stripsCaseHack">Whether the suffix that Nix adds for file systems that ignore case is taken off.</param>
    /// <exception cref="PosixException">It cannot be read.</exception>
    /// <exception cref="StoreException">Without the suffix two entries have one name.</exception>
    public void Fill(FileDescriptor directory, DirectoryReader reader, bool stripsCaseHack)
    {
        Count = 0;
        _namesLength = 0;
        reader.Begin(directory);
        while (reader.Read())
        {
            int suffix = stripsCaseHack ? reader.Name.IndexOf(CaseHackSuffix) : -1;
            Add(reader.Name, suffix < 0 ? reader.Name.Length : suffix, reader.Kind);
        }

        _entries.AsSpan(0, Count).Sort(this);
        for (int index = 1; stripsCaseHack && index < Count; index++)
        {
            if (GetOriginalName(index - 1).SequenceEqual(GetOriginalName(index)))
            {
                throw new StoreException(
                    $"file name collision between '{EscapedText.FromBytes(GetName(index - 1))}' and "
                    + $"'{EscapedText.FromBytes(GetName(index))}', since 'use-case-hack' is set");
            }
        }
    }

    /// <inheritdoc/>
    public int Compare(Entry x, Entry y)
    {
        ReadOnlySpan<byte> name = _names.AsSpan(x.NameStart, x.OriginalLength);
        int order = name.SequenceCompareTo(_names.AsSpan(y.NameStart, y.OriginalLength));
        return order != 0 ? order : x.NameLength - y.NameLength;
    }

    private void Add(ReadOnlySpan<byte> name, int originalLength, FileKind kind)
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
        _entries[Count++] = new Entry(_namesLength, (ushort)name.Length, (ushort)originalLength, kind);
        _namesLength += name.Length;
    }

    /// <summary>Where the name of an entry is, and what it is.</summary>
    /// <param name="NameStart">Index among the names.</param>
    /// <param name="NameLength">In bytes.</param>
    /// <param name="OriginalLength">How many of them the name has in a NAR.</param>
    /// <param name="Kind">What the directory tells.</param>
    internal readonly record struct Entry(int NameStart, ushort NameLength, ushort OriginalLength, FileKind Kind);
}
