using System.Buffers.Binary;
using Nario.Codec;

namespace Nario.Store.Listing;

/// <summary>Keeps the tree of a path without the contents of its files, to be read once its name is known.</summary>
internal sealed class TreeRecording : INarSink, IDisposable
{
    // A name or a target is part of one token, and a token fits into such a block.
    private const int MaxTextLength = NarReader.MinimumBlockSize;

    private readonly SpillBuffer _calls = new();

    private enum Call : byte
    {
        BeginDirectory,
        BeginEntry,
        EndDirectory,
        BeginFile,
        BeginExecutable,
        WriteSymlink,
    }

    /// <summary>Forgets the tree.</summary>
    public void Clear() => _calls.SetLength(0);

    /// <summary>Reads the tree into another sink.</summary>
    public void Replay(INarSink sink)
    {
        _calls.Position = 0;
        BufferedStream calls = new(_calls);
        Span<byte> text = stackalloc byte[MaxTextLength];
        for (int call = calls.ReadByte(); call >= 0; call = calls.ReadByte())
        {
            switch ((Call)call)
            {
                case Call.BeginDirectory:
                    sink.BeginDirectory();
                    break;
                case Call.BeginEntry:
                    sink.BeginEntry(ReadText(calls, text));
                    break;
                case Call.EndDirectory:
                    sink.EndDirectory();
                    break;
                case Call.BeginFile:
                case Call.BeginExecutable:
                    calls.ReadExactly(text[..sizeof(ulong)]);
                    sink.BeginFile((Call)call == Call.BeginExecutable, BinaryPrimitives.ReadUInt64LittleEndian(text));
                    break;
                case Call.WriteSymlink:
                    sink.WriteSymlink(ReadText(calls, text));
                    break;
            }
        }
    }

    public void BeginDirectory() => Note(Call.BeginDirectory);

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        Note(Call.BeginEntry);
        WriteText(name);
    }

    public void EndDirectory() => Note(Call.EndDirectory);

    public void BeginFile(bool isExecutable, ulong length)
    {
        Note(isExecutable ? Call.BeginExecutable : Call.BeginFile);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        _calls.Write(bytes);
    }

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
    }

    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
        Note(Call.WriteSymlink);
        WriteText(target);
    }

    public void Dispose() => _calls.Dispose();

    private static ReadOnlySpan<byte> ReadText(Stream calls, Span<byte> text)
    {
        calls.ReadExactly(text[..sizeof(ushort)]);
        text = text[..BinaryPrimitives.ReadUInt16LittleEndian(text)];
        calls.ReadExactly(text);
        return text;
    }

    private void Note(Call call) => _calls.WriteByte((byte)call);

    private void WriteText(ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        _calls.Write(length);
        _calls.Write(text);
    }
}
