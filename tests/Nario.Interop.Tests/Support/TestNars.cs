using System.Buffers;
using Nario.Codec;
using Nario.Store.Local;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>NARs to compare.</summary>
internal static class TestNars
{
    /// <summary>Gets trees with whatever may be odd about names, links, depth and kinds of nodes.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Odd { get; } = new Dictionary<string, byte[]>
    {
        ["sample"] = Write(SampleTree.Write),
        ["tree"] = OfGolden("07-tree"),
        ["nonutf8"] = OfGolden("08-nonutf8"),
        ["executable"] = OfGolden("04-executable"),
        ["file"] = OfGolden("02-file-flat"),
        ["empty-file"] = Write(static sink => SampleTree.WriteFile(sink, false, [])),
        ["empty-executable"] = Write(static sink => SampleTree.WriteFile(sink, true, [])),
        ["empty-folder"] = Write(static sink =>
        {
            sink.BeginDirectory();
            sink.EndDirectory();
        }),
        ["link"] = Write(static sink => sink.WriteSymlink("../no/such/place"u8)),
        ["deepest"] = Write(static sink => WriteNested(sink, 64)),
    };

    /// <summary>Gets the NAR of a tree on disk, as this project reads it.</summary>
    internal static byte[] Dump(string path) => Write(sink => TreeWalker.Walk(path, sink));

    /// <summary>Gets the NAR of a tree.</summary>
    internal static byte[] Write(Action<INarSink> tell)
    {
        ArrayBufferWriter<byte> output = new();
        NarWriterSink<ArrayBufferWriter<byte>> sink = new(output);
        tell(sink);
        sink.Complete();
        return output.WrittenSpan.ToArray();
    }

    private static byte[] OfGolden(string name) => GoldenNario.ReadNars(name).Single().Nar;

    private static void WriteNested(INarSink sink, int depth)
    {
        for (int level = 1; level < depth; level++)
        {
            sink.BeginDirectory();
            sink.BeginEntry("d"u8);
        }

        sink.WriteSymlink("bottom"u8);
        for (int level = 1; level < depth; level++)
        {
            sink.EndDirectory();
        }
    }
}
