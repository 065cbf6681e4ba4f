using System.Buffers.Binary;
using System.Text;

namespace Nario.Store.Posix;

/// <summary>Connects to a Unix domain socket.</summary>
internal static unsafe class UnixSocket
{
    private const ushort UnixDomain = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;
    private const int FamilyLength = 2;
    private const int MaxPathLength = 107;

    /// <summary>Connects to a socket by the directory that it is in, so that the path may have any length.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The socket's name.</param>
    /// <param name="connection">A place with nothing open, which takes the connection.</param>
    /// <returns>The error, or none.</returns>
    public static PosixError TryConnect(FileDescriptor directory, string name, FileDescriptor connection)
    {
        byte[] path = Encoding.UTF8.GetBytes($"/proc/self/fd/{directory.Number}/{name}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(path.Length, MaxPathLength);
        int number = NativeMethods.OpenSocket(UnixDomain, Stream | CloseOnExec, 0);
        if (number < 0)
        {
            return FileDescriptor.LastError();
        }

        connection.Attach(number);
        Span<byte> address = stackalloc byte[FamilyLength + MaxPathLength + 1];
        address.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(address, UnixDomain);
        path.CopyTo(address[FamilyLength..]);
        fixed (byte* bytes = address)
        {
            if (NativeMethods.Connect(connection, bytes, (uint)(FamilyLength + path.Length + 1)) == 0)
            {
                return PosixError.None;
            }
        }

        PosixError error = FileDescriptor.LastError();
        connection.CloseChecked();
        return error;
    }
}
