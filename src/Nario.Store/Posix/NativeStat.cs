using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary><c>struct stat</c> of the kernel, as far as <see cref="NativeStatx"/> has it too.</summary>
/// <remarks>x86-64 has a layout of its own, the newer 64-bit architectures share one.</remarks>
internal static unsafe class NativeStat
{
    /// <summary>More bytes than either layout has.</summary>
    private const int Capacity = 256;

    private const int MajorShift = 8;
    private const ulong MajorMask = 0xfff;
    private const ulong MinorLowMask = 0xff;
    private const int MinorShift = 12;
    private const ulong MinorHighMask = 0xfff_ff00;

    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>The number of <c>newfstatat</c>.</summary>
    private static readonly nint CallNumber = IsX64 ? 262 : 79;

    /// <summary>Gets the status of a file by the older call.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name, terminated.</param>
    /// <param name="flags">The flags of the call, which are those of <c>statx</c>.</param>
    /// <param name="status">The status.</param>
    /// <returns>The error, or none.</returns>
    public static PosixError TryGet(FileDescriptor directory, byte* name, int flags, out NativeStatx status)
    {
        byte* bytes = stackalloc byte[Capacity];
        if (NativeMethods.StatAt(CallNumber, directory, name, bytes, flags) != 0)
        {
            status = default;
            return FileDescriptor.LastError();
        }

        ulong device = *(ulong*)bytes;
        status = new NativeStatx
        {
            Inode = *(ulong*)(bytes + 8),
            LinkCount = IsX64 ? (uint)*(ulong*)(bytes + 16) : *(uint*)(bytes + 20),
            Mode = (ushort)*(uint*)(bytes + (IsX64 ? 24 : 16)),
            UserId = *(uint*)(bytes + (IsX64 ? 28 : 24)),
            GroupId = *(uint*)(bytes + (IsX64 ? 32 : 28)),
            Size = *(ulong*)(bytes + 48),
            ModificationSeconds = *(long*)(bytes + 88),
            ModificationNanoseconds = (uint)*(ulong*)(bytes + 96),
            DeviceMajor = (uint)((device >> MajorShift) & MajorMask),
            DeviceMinor = (uint)((device & MinorLowMask) | ((device >> MinorShift) & MinorHighMask)),
        };
        return PosixError.None;
    }
}
