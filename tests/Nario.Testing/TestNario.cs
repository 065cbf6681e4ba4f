using Nario.Codec;

namespace Nario.Testing;

/// <summary>Makes narios.</summary>
internal static class TestNario
{
    /// <summary>Gets the nario of some paths.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="paths">What is said of each, and what tells of its tree.</param>
    internal static byte[] Write(int version, params IEnumerable<(NarioPathInfo Info, Action<INarSink> Tell)> paths)
    {
        using MemoryStream output = new();
        NarioWriter writer = new(output, NarioVersion.Find(version)!);
        foreach ((NarioPathInfo info, Action<INarSink> tell) in paths)
        {
            tell(writer.BeginPath(info));
            writer.EndPath();
        }

        writer.Complete();
        return output.ToArray();
    }
}
