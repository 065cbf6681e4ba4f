using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary><c>struct statx</c>: 256 bytes, laid out alike on every architecture, unlike <c>struct stat</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct NativeStatx
{
    [FieldOffset(0x10)]
    public uint LinkCount;

    [FieldOffset(0x14)]
    public uint UserId;

    [FieldOffset(0x18)]
    public uint GroupId;

    [FieldOffset(0x1c)]
    public ushort Mode;

    [FieldOffset(0x20)]
    public ulong Inode;

    [FieldOffset(0x28)]
    public ulong Size;

    [FieldOffset(0x70)]
    public long ModificationSeconds;

    [FieldOffset(0x78)]
    public uint ModificationNanoseconds;

    [FieldOffset(0x88)]
    public uint DeviceMajor;

    [FieldOffset(0x8c)]
    public uint DeviceMinor;
}
