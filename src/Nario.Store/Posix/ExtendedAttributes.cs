using System.Text;

namespace Nario.Store.Posix;

/// <summary>Removes extended attributes, access control lists among them.</summary>
internal static unsafe class ExtendedAttributes
{
    /// <summary>XATTR_LIST_MAX: the kernel lists no more bytes of names.</summary>
    private const int MaxListLength = 65536;

    /// <summary>Removes the extended attributes of what is open.</summary>
    /// <param name="descriptor">A file or directory.</param>
    /// <param name="kept">The names of those that stay.</param>
    /// <exception cref="PosixException">They cannot be listed or removed.</exception>
    public static void Remove(FileDescriptor descriptor, IReadOnlyCollection<string> kept)
    {
        if (NativeMethods.ListExtendedAttributes(descriptor, null, 0) is var size && size <= 0)
        {
            CheckList(size);
            return;
        }

        byte[] names = new byte[MaxListLength];
        nint length;
        fixed (byte* buffer = names)
        {
            length = NativeMethods.ListExtendedAttributes(descriptor, buffer, MaxListLength);
        }

        CheckList(length);
        RemoveAll(names.AsSpan(0, (int)length), kept, descriptor);
    }

    /// <summary>Gets whether an attribute that could not be removed is one that every file has: a label of the kernel's
    /// security modules, or what a network file system shows as one (NFSv4 has several names).</summary>
    private static bool IsFixed(ReadOnlySpan<byte> name, PosixError error) => error switch
    {
        PosixError.NotSupported => true,
        PosixError.NotPermitted or PosixError.AccessDenied => name.StartsWith("security."u8),
        _ => false,
    };

    private static void CheckList(nint length)
    {
        if (length >= 0)
        {
            return;
        }

        PosixError error = FileDescriptor.LastError();

        // A file system without attributes has none to remove, and where a sandbox refuses the calls nobody can.
        if (error is not (PosixError.NotSupported or PosixError.NotImplemented or PosixError.NotPermitted))
        {
            throw new PosixException("list the extended attributes of", "a new file", (int)error);
        }
    }

    private static void RemoveAll(
        ReadOnlySpan<byte> names, IReadOnlyCollection<string> kept, FileDescriptor descriptor)
    {
        while (names.IndexOf((byte)0) is var end && end >= 0)
        {
            if (!kept.Contains(Encoding.UTF8.GetString(names[..end])))
            {
                PosixError error;
                fixed (byte* name = names)
                {
                    error = NativeMethods.RemoveExtendedAttribute(descriptor, name) == 0
                        ? PosixError.None
                        : FileDescriptor.LastError();
                }

                if (error != PosixError.None && !IsFixed(names[..end], error))
                {
                    throw PosixException.Create("remove the extended attribute", names[..end], error);
                }
            }

            names = names[(end + 1)..];
        }
    }
}
