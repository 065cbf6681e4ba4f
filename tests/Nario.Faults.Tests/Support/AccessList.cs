using System.Text;

namespace Nario.Faults.Tests.Support;

/// <summary>Access control lists and other extended attributes.</summary>
internal static class AccessList
{
    private const string SecurityLabel = "security.selinux";

    /// <summary>A list by which new entries can be read, written and entered by their owner, a certain user and their
    /// group, and not by others: version 2, then tag, rights and id of each.</summary>
    private static readonly byte[] Entries =
    [
        2, 0, 0, 0,
        1, 0, 7, 0, 0xff, 0xff, 0xff, 0xff,
        2, 0, 7, 0, 1, 0, 0, 0,
        4, 0, 7, 0, 0xff, 0xff, 0xff, 0xff,
        16, 0, 7, 0, 0xff, 0xff, 0xff, 0xff,
        32, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,
    ];

    /// <summary>Lets everything that is made in a folder inherit a list.</summary>
    internal static void SetDefault(string folder) => Assert.Equal(
        0, NativeCalls.SetExtendedAttribute(folder, "system.posix_acl_default", Entries, Entries.Length, 0));

    /// <summary>Gets the names of the extended attributes of a file or link, but for what the system gives to all.</summary>
    internal static IReadOnlyList<string> ListAttributes(string path)
    {
        byte[] buffer = new byte[4096];
        nint length = NativeCalls.ListExtendedAttributes(path, buffer, buffer.Length);
        Assert.True(length >= 0);
        return
        [
            .. Encoding.UTF8.GetString(buffer, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(static name => name != SecurityLabel),
        ];
    }
}
