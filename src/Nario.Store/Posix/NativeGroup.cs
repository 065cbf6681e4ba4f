using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary><c>struct group</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeGroup
{
    public byte* Name;

    public byte* Password;

    public uint GroupId;

    public byte** Members;
}
