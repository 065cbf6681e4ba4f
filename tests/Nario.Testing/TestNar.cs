using System.Buffers;
using Nario.Codec;

namespace Nario.Testing;

/// <summary>Makes NARs.</summary>
internal static class TestNar
{
    /// <summary>Gets the NAR of a tree.</summary>
    /// <param name="tell">Tells of the tree.</param>
    internal static byte[] Write(Action<INarSink> tell)
    {
        ArrayBufferWriter<byte> output = new();
        NarWriterSink<ArrayBufferWriter<byte>> sink = new(output);
        tell(sink);
        sink.Complete();
        return output.WrittenSpan.ToArray();
    }
}
