using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary><c>struct timespec</c> of 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeTimeSpec
{
    public long Seconds;

    public long Nanoseconds;
}
