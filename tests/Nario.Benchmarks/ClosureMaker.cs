using System.Globalization;
using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Benchmarks;

/// <summary>Makes narios of any shape for measurements: paths with references, files of random size and contents.</summary>
internal sealed class ClosureMaker
{
    private const int FilesPerDirectory = 20;
    private const int SampleLength = 1 << 22;
    private const int HashPartLength = 20;

    private readonly Random _random = new(1);
    private readonly byte[] _sample = new byte[SampleLength];

    private ClosureMaker() => _random.NextBytes(_sample);

    /// <summary>Makes one of version 1, which states nothing that would have to be computed first.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="paths">Number of paths.</param>
    /// <param name="files">Files in each path.</param>
    /// <param name="length">Mean length of a file in bytes; exact when a path has one file.</param>
    /// <param name="references">References of each path to paths before it.</param>
    public static void Make(Stream output, int paths, int files, long length, int references) =>
        new ClosureMaker().Write(output, paths, files, length, references);

    private void Write(Stream output, int paths, int files, long length, int references)
    {
        NarioWriter writer = new(output, NarioVersion.Find(1)!);
        List<string> before = [];
        for (int number = 0; number < paths; number++)
        {
            byte[] digest = new byte[HashPartLength];
            _random.NextBytes(digest);
            string path = string.Create(CultureInfo.InvariantCulture, $"{Nix32.Encode(digest)}-package-{number}");
            INarSink sink = writer.BeginPath(new NarioPathInfo { Path = path, References = Choose(before, references) });
            WriteTree(sink, files, length);
            writer.EndPath();
            before.Add(path);
        }

        writer.Complete();
    }

    private string[] Choose(List<string> before, int count)
    {
        SortedSet<string> chosen = new(StringComparer.Ordinal);
        while (chosen.Count < Math.Min(count, before.Count))
        {
            chosen.Add(before[_random.Next(before.Count)]);
        }

        return [.. chosen];
    }

    private void WriteTree(INarSink sink, int files, long length)
    {
        sink.BeginDirectory();
        for (int first = 0; first < files; first += FilesPerDirectory)
        {
            sink.BeginEntry(Name("directory", first / FilesPerDirectory));
            sink.BeginDirectory();
            for (int number = first; number < Math.Min(files, first + FilesPerDirectory); number++)
            {
                sink.BeginEntry(Name("file", number));
                WriteFile(sink, number % 5 == 0, files == 1 ? length : (long)(-Math.Log(1 - _random.NextDouble()) * length));
            }

            sink.EndDirectory();
        }

        sink.EndDirectory();
    }

    private void WriteFile(INarSink sink, bool isExecutable, long length)
    {
        sink.BeginFile(isExecutable, (ulong)length);
        while (length > 0)
        {
            int start = _random.Next(SampleLength / 2);
            int count = (int)Math.Min(length, SampleLength - start);
            sink.WriteContents(_sample.AsSpan(start, count));
            length -= count;
        }
    }

    private static byte[] Name(string word, int number) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{word}{number:d7}"));
}
