using System.Runtime.InteropServices;

namespace Nario.Fuzz.Memory;

/// <summary>
/// Holds an input so that the first byte after it lies in a page that may not be touched: who reads beyond the input
/// kills the process. Where the system is not Linux, the input is held in an array of just its size.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int NoAccess = 0;
    private const int ReadAndWrite = 3;
    private const int PrivateAndAnonymous = 0x22;
    private const int SmallestCapacity = 1024 * 1024;

    private byte* _memory;
    private int _capacity;

    /// <summary>Copies an input into the memory, in the place of the one before it.</summary>
    /// <param name="input">The input.</param>
    /// <returns>The copy, valid until the next call.</returns>
    public ReadOnlySpan<byte> Place(ReadOnlySpan<byte> input)
    {
        if (!OperatingSystem.IsLinux())
        {
            return input.ToArray();
        }

        if (_memory is null || input.Length > _capacity)
        {
            Dispose();
            Allocate(input.Length);
        }

        Span<byte> place = new(_memory + (_capacity - input.Length), input.Length);
        input.CopyTo(place);
        return place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory is not null)
        {
            _ = Unmap(_memory, (nuint)(_capacity + Environment.SystemPageSize));
            _memory = null;
        }
    }

    private void Allocate(int length)
    {
        int page = Environment.SystemPageSize;
        int capacity = checked((Math.Max(length, SmallestCapacity) + page - 1) / page * page);
        nint memory = Map(null, (nuint)(capacity + page), ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if (memory == -1)
        {
            throw new InvalidOperationException("There is no memory for the input.");
        }

        _memory = (byte*)memory;
        _capacity = capacity;
        if (Protect(_memory + capacity, (nuint)page, NoAccess) != 0)
        {
            throw new InvalidOperationException("The page after the input cannot be protected.");
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);
}
