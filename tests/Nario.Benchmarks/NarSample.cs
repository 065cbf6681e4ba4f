using System.Buffers;
using Nario.Codec;

namespace Nario.Benchmarks;

/// <summary>A NAR of many small files in memory.</summary>
internal static class NarSample
{
    /// <summary>Number of directories below the root.</summary>
    public const int Directories = 200;

    /// <summary>Number of files in each.</summary>
    public const int Files = 20;

    /// <summary>Number of nodes, the root counted.</summary>
    public const int Nodes = 1 + Directories + (Directories * Files);

    /// <summary>Makes it.</summary>
    public static byte[] Make()
    {
        ArrayBufferWriter<byte> output = new();
        NarWriterSink<ArrayBufferWriter<byte>> sink = new(output);
        sink.BeginDirectory();
        for (int directory = 0; directory < Directories; directory++)
        {
            sink.BeginEntry(Name('d', directory));
            sink.BeginDirectory();
            for (int file = 0; file < Files; file++)
            {
                byte[] contents = new byte[(directory * Files) + file];
                sink.BeginEntry(Name('f', file));
                sink.BeginFile(file % 5 == 0, (ulong)contents.Length);
                if (contents.Length > 0)
                {
                    sink.WriteContents(contents);
                }
            }

            sink.EndDirectory();
        }

        sink.EndDirectory();
        sink.Complete();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A name whose order is that of the numbers.</summary>
    public static byte[] Name(char letter, int number) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{letter}{number:d6}-name"));
}
