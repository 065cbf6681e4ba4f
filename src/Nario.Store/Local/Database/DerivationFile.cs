using Nario.Store.Derivations;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local.Database;

/// <summary>Reads derivations from their files.</summary>
internal static class DerivationFile
{
    /// <summary>What is wrong with a derivation that is a directory or a link, or is not there.</summary>
    public const string NotAFile = "it is not a file";

    /// <summary>Reads a derivation.</summary>
    /// <param name="directory">The directory that its file is in.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="storeDirectory">The directory of the store.</param>
    /// <param name="path">The derivation.</param>
    /// <exception cref="DerivationException">It is no file or no derivation.</exception>
    /// <exception cref="PosixException">It cannot be read.</exception>
    public static Derivation Read(
        FileDescriptor directory, ReadOnlySpan<byte> name, StoreDirectory storeDirectory, StorePath path)
    {
        using FileDescriptor file = new();
        if (file.TryOpenAt(directory, name, OpenFlags.ReadOnly) != PosixError.None
            || file.GetStatus() is not { Kind: FileKind.Regular } status)
        {
            throw new DerivationException(storeDirectory.Join(path), NotAFile);
        }

        if (status.Size > Derivation.MaxByteLength)
        {
            throw new DerivationException(storeDirectory.Join(path), Derivation.TooLong);
        }

        byte[] text = new byte[status.Size];
        int length = 0;
        while (file.Read(text.AsSpan(length)) is var count and > 0)
        {
            length += count;
        }

        return Derivation.Parse(storeDirectory, path, text.AsMemory(0, length));
    }
}
