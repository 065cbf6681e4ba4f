using System.Buffers;
using Nario.Codec;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Reading;

/// <summary>The generated views: types that are read whole.</summary>
internal sealed class ViewsHarness : IHarness
{
    private const ulong MaxStringLength = 4096;

    private readonly ArrayBufferWriter<byte> _output = new();

    /// <inheritdoc/>
    public string Name => "views";

    /// <inheritdoc/>
    public string Description => "reads every type of bounded size; what is read is written with the same bytes and size";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (Nar.NodeType.TryRead(input, out Nar.NodeType nodeType, out int consumed) == OperationStatus.Done)
        {
            int size = Nar.NodeType.GetSize(nodeType.Name);
            Compare(input, consumed, size, Nar.NodeType.Write(Room(size), nodeType.Name));
        }

        if (Nar.FileTag.TryRead(input, out Nar.FileTag fileTag, out consumed) == OperationStatus.Done)
        {
            int size = Nar.FileTag.GetSize(fileTag.Name);
            Compare(input, consumed, size, Nar.FileTag.Write(Room(size), fileTag.Name));
        }

        if (Nar.FileHeader.TryRead(input, out Nar.FileHeader file, out consumed) == OperationStatus.Done)
        {
            int size = Nar.FileHeader.GetSize(file.Tag, file.Length);
            Compare(input, consumed, size, Nar.FileHeader.Write(Room(size), file.Tag, file.Length));
        }

        if (Nar.Symlink.TryRead(input, out Nar.Symlink link, out consumed) == OperationStatus.Done)
        {
            int size = Nar.Symlink.GetSize(link.Target);
            Compare(input, consumed, size, Nar.Symlink.Write(Room(size), link.Target));
        }

        if (Nar.EntryTag.TryRead(input, out Nar.EntryTag entryTag, out consumed) == OperationStatus.Done)
        {
            int size = Nar.EntryTag.GetSize(entryTag.Name);
            Compare(input, consumed, size, Nar.EntryTag.Write(Room(size), entryTag.Name));
        }

        if (Nar.EntryHeader.TryRead(input, out Nar.EntryHeader entry, out consumed) == OperationStatus.Done)
        {
            int size = Nar.EntryHeader.GetSize(entry.Name);
            Compare(input, consumed, size, Nar.EntryHeader.Write(Room(size), entry.Name));
        }

        if (NarioV1.Signature.TryRead(input, out NarioV1.Signature signature, out consumed) == OperationStatus.Done)
        {
            int size = NarioV1.Signature.GetSize(signature.Tag, signature.Text);
            Compare(input, consumed, size, NarioV1.Signature.Write(Room(size), signature.Tag, signature.Text));
        }

        if (NixWire.Str.TryRead(input, 0, MaxStringLength, out NixWire.Str text, out consumed) == OperationStatus.Done)
        {
            int size = NixWire.Str.GetSize(0, MaxStringLength, text.Bytes);
            Compare(input, consumed, size, NixWire.Str.Write(Room(size), 0, MaxStringLength, text.Bytes));
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.WireTokens;

    private Span<byte> Room(int size)
    {
        _output.ResetWrittenCount();
        return _output.GetSpan(size)[..size];
    }

    private void Compare(ReadOnlySpan<byte> input, int consumed, int size, int written)
    {
        FindingException.Unless(consumed == size && consumed == written, "a size differs from the one that was read");
        _output.Advance(written);
        FindingException.Unless(_output.WrittenSpan.SequenceEqual(input[..consumed]), "other bytes are written than were read");
    }
}
