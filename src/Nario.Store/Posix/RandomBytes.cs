using System.Security.Cryptography;

namespace Nario.Store.Posix;

/// <summary>Random bytes that nobody can guess; .NET's own way needs <c>/dev</c>, this one does not.</summary>
public static unsafe class RandomBytes
{
    private const string Device = "/dev/urandom";

    /// <summary>Gets random bytes.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="StoreException">The system gives none.</exception>
    public static byte[] Get(int count)
    {
        byte[] bytes = new byte[count];
        if (!OperatingSystem.IsLinux())
        {
            RandomNumberGenerator.Fill(bytes);
            return bytes;
        }

        int done = 0;
        while (done < count)
        {
            Span<byte> rest = bytes.AsSpan(done);
            nint length;
            fixed (byte* start = rest)
            {
                length = NativeMethods.GetRandom(start, (nuint)rest.Length, 0);
            }

            if (length > 0)
            {
                done += (int)length;
            }
            else if (FileDescriptor.LastError() is var error && error != PosixError.Interrupted)
            {
                // Old kernels lack the call, and old sandboxes refuse it.
                done += ReadDevice(rest, error);
            }
        }

        return bytes;
    }

    private static int ReadDevice(Span<byte> buffer, PosixError error)
    {
        using FileDescriptor device = new();
        return device.TryOpen(Device, OpenFlags.ReadOnly) == PosixError.None
            && device.Read(buffer) is > 0 and var length
            ? length
            : throw new PosixException("get random bytes without", Device, (int)error);
    }
}
