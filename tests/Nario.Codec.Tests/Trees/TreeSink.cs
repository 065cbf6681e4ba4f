using System.Buffers;

namespace Nario.Codec.Tests.Trees;

/// <summary>Keeps a tree in memory.</summary>
public sealed class TreeSink : INarSink
{
    private readonly Stack<List<KeyValuePair<byte[], Node>>> _directories = new();
    private readonly Stack<byte[]> _names = new();
    private readonly ArrayBufferWriter<byte> _contents = new();
    private bool _isExecutable;
    private ulong _length;

    /// <summary>The tree, once it is whole.</summary>
    public Node? Root { get; private set; }

    /// <summary>Reads a NAR into a tree.</summary>
    public static Node Read(NarCursor nar)
    {
        TreeSink sink = new();
        nar.CopyTo(sink);
        return sink.Root ?? throw new InvalidOperationException("the NAR has no root");
    }

    /// <summary>Writes a tree into a sink: every other piece of contents through its room, where it has some.</summary>
    public static void Write(Node node, INarSink sink, int chunkLength = int.MaxValue)
    {
        switch (node)
        {
            case FileNode file:
                sink.BeginFile(file.IsExecutable, (ulong)file.Contents.Length);
                bool isCopied = false;
                for (int start = 0; start < file.Contents.Length; isCopied = !isCopied)
                {
                    int length = Math.Min(chunkLength, file.Contents.Length - start);
                    Span<byte> room = isCopied ? default : sink.GetContentsSpan();
                    if (room.IsEmpty)
                    {
                        sink.WriteContents(file.Contents.AsSpan(start, length));
                    }
                    else
                    {
                        length = Math.Min(length, room.Length);
                        file.Contents.AsSpan(start, length).CopyTo(room);
                        sink.AdvanceContents(length);
                    }

                    start += length;
                }

                break;
            case LinkNode link:
                sink.WriteSymlink(link.Target);
                break;
            case DirectoryNode directory:
                sink.BeginDirectory();
                foreach ((byte[] name, Node child) in directory.Entries)
                {
                    sink.BeginEntry(name);
                    Write(child, sink, chunkLength);
                }

                sink.EndDirectory();
                break;
        }
    }

    /// <inheritdoc/>
    public void BeginDirectory() => _directories.Push([]);

    /// <inheritdoc/>
    public void BeginEntry(ReadOnlySpan<byte> name) => _names.Push(name.ToArray());

    /// <inheritdoc/>
    public void EndDirectory() => Add(new DirectoryNode(_directories.Pop()));

    /// <inheritdoc/>
    public void BeginFile(bool isExecutable, ulong length)
    {
        _contents.ResetWrittenCount();
        _isExecutable = isExecutable;
        _length = length;
        EndFileIfWhole();
    }

    /// <inheritdoc/>
    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        Assert.False(chunk.IsEmpty);
        _contents.Write(chunk);
        EndFileIfWhole();
    }

    /// <inheritdoc/>
    public void WriteSymlink(ReadOnlySpan<byte> target) => Add(new LinkNode(target.ToArray()));

    private void EndFileIfWhole()
    {
        if ((ulong)_contents.WrittenCount == _length)
        {
            Add(new FileNode(_contents.WrittenSpan.ToArray(), _isExecutable));
        }
    }

    private void Add(Node node)
    {
        if (_directories.TryPeek(out List<KeyValuePair<byte[], Node>>? entries))
        {
            entries.Add(new(_names.Pop(), node));
        }
        else
        {
            Assert.Null(Root);
            Root = node;
        }
    }
}
