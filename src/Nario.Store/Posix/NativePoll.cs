using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>The <c>pollfd</c> of the C library.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativePoll
{
    /// <summary>Which descriptor.</summary>
    public int Descriptor;

    /// <summary>What is waited for.</summary>
    public short Events;

    /// <summary>What has come.</summary>
    public short ReturnedEvents;
}
