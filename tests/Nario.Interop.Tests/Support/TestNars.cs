using Nario.Codec;
using Nario.Store.Local.Trees;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>NARs to compare.</summary>
internal static class TestNars
{
    /// <summary>Gets trees with whatever may be odd about names, links, depth and kinds of nodes.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Odd { get; } = new Dictionary<string, byte[]>
    {
        ["sample"] = TestNar.Write(SampleTree.Write),
        ["tree"] = OfGolden("07-tree"),
        ["nonutf8"] = OfGolden("08-nonutf8"),
        ["executable"] = OfGolden("04-executable"),
        ["file"] = OfGolden("02-file-flat"),
        ["empty-file"] = TestNar.Write(static sink => SampleTree.WriteFile(sink, false, [])),
        ["empty-executable"] = TestNar.Write(static sink => SampleTree.WriteFile(sink, true, [])),
        ["empty-folder"] = TestNar.Write(static sink =>
        {
            sink.BeginDirectory();
            sink.EndDirectory();
        }),
        ["link"] = TestNar.Write(static sink => sink.WriteSymlink("../no/such/place"u8)),
        ["deepest"] = TestNar.Write(static sink => WriteNested(sink, 64)),
    };

    /// <summary>Gets the NAR of a tree on disk, as this project reads it.</summary>
    internal static byte[] Dump(string path) => TestNar.Write(sink => TreeWalker.Walk(path, sink));

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
