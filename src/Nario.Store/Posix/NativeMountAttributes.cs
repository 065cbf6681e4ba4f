using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary><c>struct mount_attr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMountAttributes
{
    public ulong Set;

    public ulong Clear;

    public ulong Propagation;

    public ulong UserNamespace;
}
