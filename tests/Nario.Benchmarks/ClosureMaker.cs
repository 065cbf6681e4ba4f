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
    private readonly byte[] _zeros = new byte[SampleLength];

    private ClosureMaker() => _random.NextBytes(_sample);

    /// <summary>Makes a nario.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="shape">What it looks like.</param>
    public static void Make(Stream output, ClosureShape shape) => new ClosureMaker().Write(output, shape);

    private void Write(Stream output, ClosureShape shape)
    {
        NarioWriter writer = new(output, NarioVersion.Find(shape.Version)!);
        List<string> before = [];
        for (int number = 0; number < shape.Paths; number++)
        {
            byte[] digest = new byte[HashPartLength];
            _random.NextBytes(digest);
            string path = string.Create(CultureInfo.InvariantCulture, $"{Nix32.Encode(digest)}-package-{number}");
            int references = shape.HasReferencesInLast && number < shape.Paths - 1 ? 0 : shape.References;
            NarioPathInfo info = new() { Path = path, References = Choose(before, references) };
            int seed = _random.Next();
            if (shape.Version > 1)
            {
                info = NarMeasure.Describe(info, shape.IsHashed, sink => WriteTree(sink, shape, new Random(seed)));
            }

            WriteTree(writer.BeginPath(info), shape, new Random(seed));
            writer.EndPath();
            before.Add(path);
        }

        writer.Complete();
    }

    private string[] Choose(List<string> before, int count)
    {
        if (count >= before.Count)
        {
            return [.. before.Order(StringComparer.Ordinal)];
        }

        SortedSet<string> chosen = new(StringComparer.Ordinal);
        while (chosen.Count < count)
        {
            chosen.Add(before[_random.Next(before.Count)]);
        }

        return [.. chosen];
    }

    private void WriteTree(INarSink sink, ClosureShape shape, Random random)
    {
        sink.BeginDirectory();
        for (int first = 0; first < shape.Files; first += FilesPerDirectory)
        {
            sink.BeginEntry(Name("directory", first / FilesPerDirectory));
            sink.BeginDirectory();
            for (int number = first; number < Math.Min(shape.Files, first + FilesPerDirectory); number++)
            {
                sink.BeginEntry(Name("file", number));
                long length = shape.Files == 1 ? shape.Length : (long)(-Math.Log(1 - random.NextDouble()) * shape.Length);
                WriteFile(sink, number % 5 == 0, length, shape.IsEmpty ? null : random);
            }

            sink.EndDirectory();
        }

        sink.EndDirectory();
    }

    private void WriteFile(INarSink sink, bool isExecutable, long length, Random? random)
    {
        sink.BeginFile(isExecutable, (ulong)length);
        while (length > 0)
        {
            int start = random?.Next(SampleLength / 2) ?? 0;
            int count = (int)Math.Min(length, SampleLength - start);
            sink.WriteContents((random is null ? _zeros : _sample).AsSpan(start, count));
            length -= count;
        }
    }

    private static byte[] Name(string word, int number) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{word}{number:d7}"));
}
