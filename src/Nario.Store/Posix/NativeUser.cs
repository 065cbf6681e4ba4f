using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary><c>struct passwd</c> of Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeUser
{
    public byte* Name;

    public byte* Password;

    public uint UserId;

    public uint GroupId;

    public byte* Comment;

    public byte* HomeDirectory;

    public byte* Shell;
}
