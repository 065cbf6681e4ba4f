namespace Nario.Codec.Tests.Samples;

/// <summary>How a tool lists a nario.</summary>
internal static class ListSample
{
    /// <summary>Prints the store paths of a nario of any version, and the sizes of their NARs.</summary>
    public static void List(Stream input, TextWriter output)
    {
        using NarioReader nario = NarioReader.Open(input);
        while (nario.Read())
        {
            long start = nario.Offset;
            nario.SkipNar();
            long size = nario.Offset - start;
            output.WriteLine($"/nix/store/{nario.ReadInfo().Path}: {size} bytes");
        }
    }
}
