using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Says who the program runs as.</summary>
internal static unsafe class ProcessIdentity
{
    /// <summary>What an entry of the group or user database takes at most; a longer one is not found.</summary>
    private const int MaxEntryLength = 1 << 20;

    private const int FirstEntryLength = 1 << 12;

    /// <summary>Gets the effective user.</summary>
    public static uint UserId => NativeMethods.GetEffectiveUserId();

    /// <summary>Gets the effective group.</summary>
    public static uint GroupId => NativeMethods.GetEffectiveGroupId();

    /// <summary>Gets whether the effective user is root.</summary>
    public static bool IsRoot => UserId == 0;

    /// <summary>Gets the number of a group.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number, or null when there is no such group.</returns>
    public static uint? FindGroup(string name)
    {
        for (int length = FirstEntryLength; length <= MaxEntryLength; length *= 2)
        {
            fixed (byte* buffer = new byte[length])
            {
                NativeGroup group;
                NativeGroup* result = null;
                int error = NativeMethods.FindGroup(name, &group, buffer, (nuint)length, &result);
                if (error != (int)PosixError.OutOfRange)
                {
                    return result == null ? null : result->GroupId;
                }
            }
        }

        return null;
    }

    /// <summary>Gets the home folder that the user database has for the effective user.</summary>
    /// <returns>An absolute path, or null when it has none.</returns>
    public static string? FindHomeDirectory()
    {
        for (int length = FirstEntryLength; length <= MaxEntryLength; length *= 2)
        {
            fixed (byte* buffer = new byte[length])
            {
                NativeUser user;
                NativeUser* result = null;
                int error = NativeMethods.FindUser(UserId, &user, buffer, (nuint)length, &result);
                if (error != (int)PosixError.OutOfRange)
                {
                    string? home = result == null ? null : Marshal.PtrToStringUTF8((nint)result->HomeDirectory);
                    return Path.IsPathRooted(home) ? home : null;
                }
            }
        }

        return null;
    }

    /// <summary>Gets whether a path is there and the effective user does not own it, or cannot see who does. Links are
    /// followed.</summary>
    public static bool IsOwnedByAnother(string path)
    {
        using FileDescriptor descriptor = new();
        PosixError error = descriptor.TryOpen(path, OpenFlags.PathOnly);
        return error == PosixError.None ? descriptor.GetStatus().UserId != UserId : error != PosixError.NotFound;
    }
}
