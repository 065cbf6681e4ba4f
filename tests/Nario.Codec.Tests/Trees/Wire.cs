using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Nario.Codec.Tests.Trees;

/// <summary>Writes the wire format by hand, so that the tests do not take it from what they test.</summary>
public sealed class Wire
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Number of bytes so far.</summary>
    public long Position => _bytes.WrittenCount;

    /// <summary>Gets the bytes of a NAR.</summary>
    public static byte[] Nar(Node root) => new Wire().NarOf(root).ToArray();

    /// <summary>Shows bytes of a failed test, unless they are too many for a message.</summary>
    public static string Show(byte[] bytes) =>
        bytes.Length <= 2000
            ? Convert.ToHexString(bytes)
            : $"{bytes.Length} bytes, {Convert.ToHexString(bytes[..200])}…";

    /// <summary>Adds a NAR.</summary>
    public Wire NarOf(Node root) => Text("nix-archive-1").NodeOf(root);

    /// <summary>Adds a node without what stands around it.</summary>
    public Wire NodeOf(Node node)
    {
        Text("(", "type");
        switch (node)
        {
            case FileNode file:
                Text("regular");
                if (file.IsExecutable)
                {
                    Text("executable", "");
                }

                Text("contents").Bytes(file.Contents);
                break;
            case LinkNode link:
                Text("symlink", "target").Bytes(link.Target);
                break;
            case DirectoryNode directory:
                Text("directory");
                foreach ((byte[] name, Node child) in directory.Entries)
                {
                    Text("entry", "(", "name").Bytes(name).Text("node").NodeOf(child).Text(")");
                }

                break;
        }

        return Text(")");
    }

    /// <summary>Adds a number.</summary>
    public Wire Number(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }

    /// <summary>Adds byte strings.</summary>
    public Wire Text(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            Bytes(Encoding.Latin1.GetBytes(text));
        }

        return this;
    }

    /// <summary>Adds a byte string: length, bytes, padding of some value.</summary>
    public Wire Bytes(ReadOnlySpan<byte> bytes, byte filler = 0)
    {
        Number((ulong)bytes.Length).Raw(bytes);
        while (_bytes.WrittenCount % 8 != 0)
        {
            _bytes.Write([filler]);
        }

        return this;
    }

    /// <summary>Adds a counted list of byte strings.</summary>
    public Wire List(IReadOnlyCollection<string> texts)
    {
        Number((ulong)texts.Count);
        foreach (string text in texts)
        {
            Text(text);
        }

        return this;
    }

    /// <summary>Adds bytes as they are.</summary>
    public Wire Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Gets all bytes.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
