using BenchmarkDotNet.Attributes;
using Nario.Codec;

namespace Nario.Benchmarks;

/// <summary>Writes the NAR of the read benchmark into memory.</summary>
[MemoryDiagnoser]
public class NarWriteBenchmark
{
    private readonly byte[][] _directories = [.. Enumerable.Range(0, NarSample.Directories).Select(number => NarSample.Name('d', number))];
    private readonly byte[][] _files = [.. Enumerable.Range(0, NarSample.Files).Select(number => NarSample.Name('f', number))];
    private readonly byte[] _contents = new byte[NarSample.Directories * NarSample.Files];
    private readonly byte[] _destination = new byte[NarSample.Make().Length];
    private readonly NarState _state = new();
    private readonly SpanOutput _output;

    /// <summary>Makes the output.</summary>
    public NarWriteBenchmark() => _output = new SpanOutput(_destination);

    internal ReadOnlySpan<byte> Written => _destination;

    /// <summary>The generated writer.</summary>
    [Benchmark(OperationsPerInvoke = NarSample.Nodes)]
    public int Generated()
    {
        _state.Reset();
        _output.Reset();
        NarWriter<SpanOutput> writer = new(_output, _state);
        writer.WriteDirectoryStart();
        for (int directory = 0; directory < NarSample.Directories; directory++)
        {
            writer.WriteEntry(_directories[directory]);
            writer.WriteDirectoryStart();
            for (int file = 0; file < NarSample.Files; file++)
            {
                ReadOnlySpan<byte> contents = _contents.AsSpan(0, (directory * NarSample.Files) + file);
                writer.WriteEntry(_files[file]);
                writer.WriteFile(file % 5 == 0 ? Nar.FileTagName.Executable : Nar.FileTagName.Contents, (ulong)contents.Length);
                writer.WriteContents(contents);
            }

            writer.WriteDirectoryEnd();
        }

        writer.WriteDirectoryEnd();
        writer.Complete();
        return _output.Count;
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = NarSample.Nodes)]
    public int HandWritten()
    {
        HandWrittenWriter writer = new(_destination);
        writer.Begin();
        writer.BeginDirectory();
        ReadOnlySpan<byte> lastDirectory = default;
        for (int directory = 0; directory < NarSample.Directories; directory++)
        {
            writer.BeginEntry(_directories[directory], lastDirectory);
            lastDirectory = _directories[directory];
            writer.BeginDirectory();
            ReadOnlySpan<byte> lastFile = default;
            for (int file = 0; file < NarSample.Files; file++)
            {
                writer.BeginEntry(_files[file], lastFile);
                lastFile = _files[file];
                writer.File(file % 5 == 0, _contents.AsSpan(0, (directory * NarSample.Files) + file));
                writer.End();
            }

            writer.End();
            writer.End();
        }

        writer.End();
        return writer.Position;
    }
}
