using System.Buffers;

namespace Nario.Codec;

/// <summary>Writes what it takes as a NAR.</summary>
/// <typeparam name="TOutput">What takes the bytes.</typeparam>
public sealed class NarWriterSink<TOutput> : INarSink
    where TOutput : IBufferWriter<byte>
{
    private readonly TOutput _output;
    private readonly NarState _state;

    /// <summary>Makes a sink that writes one NAR.</summary>
    /// <param name="output">Takes the bytes.</param>
    public NarWriterSink(TOutput output)
        : this(output, new NarState())
    {
    }

    internal NarWriterSink(TOutput output, NarState state)
    {
        _output = output;
        _state = state;
    }

    /// <inheritdoc/>
    public void BeginDirectory()
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.WriteDirectoryStart();
        writer.Flush();
    }

    /// <inheritdoc/>
    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.WriteEntry(name);
        writer.Flush();
    }

    /// <inheritdoc/>
    public void EndDirectory()
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.WriteDirectoryEnd();
        writer.Flush();
    }

    /// <inheritdoc/>
    public void BeginFile(bool isExecutable, ulong length)
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.WriteFile(isExecutable ? Codec.Nar.FileTagName.Executable : Codec.Nar.FileTagName.Contents, length);
        writer.Flush();
    }

    /// <inheritdoc/>
    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.WriteContents(chunk);
        writer.Flush();
    }

    /// <inheritdoc/>
    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.WriteSymlink(target);
        writer.Flush();
    }

    /// <summary>Writes what is left of the NAR after its root node.</summary>
    /// <exception cref="InvalidOperationException">The root node is not complete.</exception>
    public void Complete()
    {
        NarWriter<TOutput> writer = new(_output, _state);
        writer.Complete();
    }
}
