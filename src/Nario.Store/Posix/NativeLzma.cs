using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>The decoder of liblzma, and its <c>lzma_stream</c>.</summary>
internal static unsafe partial class NativeLzma
{
    private const string Library = "liblzma.so.5";

    [LibraryImport(Library, EntryPoint = "lzma_stream_decoder")]
    internal static partial int InitializeDecoder(State* stream, ulong memoryLimit, uint flags);

    [LibraryImport(Library, EntryPoint = "lzma_code")]
    internal static partial int Code(State* stream, int action);

    [LibraryImport(Library, EntryPoint = "lzma_end")]
    internal static partial void End(State* stream);

    /// <summary>The <c>lzma_stream</c> of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct State
    {
        public byte* NextInput;
        public nuint InputLength;
        public ulong TotalInput;
        public byte* NextOutput;
        public nuint OutputLength;
        public ulong TotalOutput;
        public void* Allocator;
        public void* Internal;
        public void* Reserved1;
        public void* Reserved2;
        public void* Reserved3;
        public void* Reserved4;
        public ulong SeekPosition;
        public ulong Reserved5;
        public nuint Reserved6;
        public nuint Reserved7;
        public int Reserved8;
        public int Reserved9;
    }
}
