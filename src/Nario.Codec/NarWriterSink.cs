using System.Buffers;

namespace Nario.Codec;

/// <summary>Writes what it takes as a NAR.</summary>
/// <remarks>
/// A call that no NAR allows at its place throws an <see cref="InvalidOperationException"/>, a value that no NAR can
/// hold an <see cref="ArgumentException"/>; nothing more can be written then.
/// </remarks>
/// <typeparam name="TOutput">What takes the bytes.</typeparam>
public sealed class NarWriterSink<TOutput> : INarSink
    where TOutput : IBufferWriter<byte>
{
    /// <summary>How much room is worth a call that fills it, in bytes.</summary>
    private const int LeastRoom = 4096;

    private readonly TOutput _output;
    private readonly NarState _state;
    private readonly PathLengths _paths = new();
    private bool _isAtWork;
    private int _roomLength;
    private int _maximumLength = int.MaxValue;

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
        NarWriter<TOutput> writer = BeginWork();
        writer.WriteDirectoryStart();
        EndWork(ref writer);
        _paths.BeginDirectory();
    }

    /// <inheritdoc/>
    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.WriteEntry(name);
        _paths.BeginEntry(name.Length, 0);
        if (_paths.Longest > _maximumLength)
        {
            throw new KsyValueException("The path of a file would be too long.", argument: null);
        }

        EndWork(ref writer);
    }

    /// <inheritdoc/>
    public void EndDirectory()
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.WriteDirectoryEnd();
        EndWork(ref writer);
        _paths.EndDirectory();
    }

    /// <inheritdoc/>
    public void BeginFile(bool isExecutable, ulong length)
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.WriteFile(isExecutable ? Nar.FileTagName.Executable : Nar.FileTagName.Contents, length);
        EndWork(ref writer);
    }

    /// <inheritdoc/>
    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.WriteContents(chunk);
        EndWork(ref writer);
    }

    /// <inheritdoc/>
    public Span<byte> GetContentsSpan()
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.PassContents(0);
        Span<byte> room = _output.GetSpan(LeastRoom);
        EndWork(ref writer);
        _roomLength = room.Length;
        return room;
    }

    /// <inheritdoc/>
    public void AdvanceContents(int count)
    {
        int roomLength = _roomLength;
        NarWriter<TOutput> writer = BeginWork();
        if (count > roomLength)
        {
            throw new InvalidOperationException($"{count} bytes are more than the {roomLength} bytes of room that were given.");
        }

        writer.PassContents(count);
        _output.Advance(count);
        EndWork(ref writer);
    }

    /// <inheritdoc/>
    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.WriteSymlink(target);
        EndWork(ref writer);
    }

    /// <summary>Writes what is left of the NAR after its root node.</summary>
    /// <exception cref="InvalidOperationException">
    /// The root node is not complete, or a call has thrown before.
    /// </exception>
    public void Complete()
    {
        NarWriter<TOutput> writer = BeginWork();
        writer.Complete();
        EndWork(ref writer);
    }

    /// <summary>Begins to measure the paths of the files anew.</summary>
    /// <param name="maximumLength">How many bytes they have in the tree at most.</param>
    internal void BoundPaths(int maximumLength)
    {
        _paths.Clear();
        _maximumLength = maximumLength;
    }

    /// <summary>What a call that throws has written never reaches the output, so no call can go on after it.</summary>
    private NarWriter<TOutput> BeginWork()
    {
        if (_isAtWork)
        {
            throw new InvalidOperationException("The writer has failed before.");
        }

        _isAtWork = true;
        _roomLength = 0;
        return new NarWriter<TOutput>(_output, _state);
    }

    private void EndWork(ref NarWriter<TOutput> writer)
    {
        writer.Flush();
        _isAtWork = false;
    }
}
