using System.Buffers;
using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Reading;

/// <summary>The generated views: types that are read whole.</summary>
internal sealed class ViewsHarness : IHarness
{
    private const ulong MaxStringLength = 4096;

    private readonly ArrayBufferWriter<byte> _output = new();

    private delegate void ViewReader(ReadOnlySpan<byte> source, out int size);

    private delegate void ViewWriter(Span<byte> room, ReadOnlySpan<byte> value);

    /// <inheritdoc/>
    public string Name => "views";

    /// <inheritdoc/>
    public string Description => "reads every type of bounded size; what is read is written with the same bytes and size";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        MustRefuse(static () => Nar.NodeType.GetSize((Nar.NodeTypeName)byte.MaxValue));
        MustRefuse(static () => Nar.FileTag.GetSize((Nar.FileTagName)byte.MaxValue));
        MustRefuse(static () => Nar.EntryTag.GetSize((Nar.EntryTagName)byte.MaxValue));
        OperationStatus nodeTypeStatus = Nar.NodeType.TryRead(input, out Nar.NodeType nodeType, out int consumed);
        MustAgree(
            input, nodeTypeStatus, static (ReadOnlySpan<byte> source, out int size) => Nar.NodeType.Read(source, out size));
        if (nodeTypeStatus == OperationStatus.Done)
        {
            int size = Nar.NodeType.GetSize(nodeType.Name);
            Compare(input, consumed, size, Nar.NodeType.Write(Room(size), nodeType.Name));
            Nar.NodeTypeName name = nodeType.Name;
            MustNeedRoom(size, (room, _) => Nar.NodeType.Write(room, name));
        }

        OperationStatus fileTagStatus = Nar.FileTag.TryRead(input, out Nar.FileTag fileTag, out consumed);
        MustAgree(
            input, fileTagStatus, static (ReadOnlySpan<byte> source, out int size) => Nar.FileTag.Read(source, out size));
        if (fileTagStatus == OperationStatus.Done)
        {
            int size = Nar.FileTag.GetSize(fileTag.Name);
            Compare(input, consumed, size, Nar.FileTag.Write(Room(size), fileTag.Name));
            Nar.FileTagName name = fileTag.Name;
            MustNeedRoom(size, (room, _) => Nar.FileTag.Write(room, name));
        }

        OperationStatus fileStatus = Nar.FileHeader.TryRead(input, out Nar.FileHeader file, out consumed);
        MustAgree(
            input, fileStatus, static (ReadOnlySpan<byte> source, out int size) => Nar.FileHeader.Read(source, out size));
        if (fileStatus == OperationStatus.Done)
        {
            int size = Nar.FileHeader.GetSize(file.Tag, file.Length);
            Compare(input, consumed, size, Nar.FileHeader.Write(Room(size), file.Tag, file.Length));
            (Nar.FileTagName tag, ulong length) = (file.Tag, file.Length);
            MustNeedRoom(size, (room, _) => Nar.FileHeader.Write(room, tag, length));
        }

        OperationStatus linkStatus = Nar.Symlink.TryRead(input, out Nar.Symlink link, out consumed);
        MustAgree(
            input, linkStatus, static (ReadOnlySpan<byte> source, out int size) => Nar.Symlink.Read(source, out size));
        if (linkStatus == OperationStatus.Done)
        {
            int size = Nar.Symlink.GetSize(link.Target);
            Compare(input, consumed, size, Nar.Symlink.Write(Room(size), link.Target));
            MustNeedRoom(size, static (room, value) => Nar.Symlink.Write(room, value), link.Target);
        }

        OperationStatus entryTagStatus = Nar.EntryTag.TryRead(input, out Nar.EntryTag entryTag, out consumed);
        MustAgree(
            input, entryTagStatus, static (ReadOnlySpan<byte> source, out int size) => Nar.EntryTag.Read(source, out size));
        if (entryTagStatus == OperationStatus.Done)
        {
            int size = Nar.EntryTag.GetSize(entryTag.Name);
            Compare(input, consumed, size, Nar.EntryTag.Write(Room(size), entryTag.Name));
            Nar.EntryTagName name = entryTag.Name;
            MustNeedRoom(size, (room, _) => Nar.EntryTag.Write(room, name));
        }

        OperationStatus entryStatus = Nar.EntryHeader.TryRead(input, out Nar.EntryHeader entry, out consumed);
        MustAgree(
            input, entryStatus, static (ReadOnlySpan<byte> source, out int size) => Nar.EntryHeader.Read(source, out size));
        if (entryStatus == OperationStatus.Done)
        {
            int size = Nar.EntryHeader.GetSize(entry.Name);
            Compare(input, consumed, size, Nar.EntryHeader.Write(Room(size), entry.Name));
            MustNeedRoom(size, static (room, value) => Nar.EntryHeader.Write(room, value), entry.Name);
        }

        OperationStatus signatureStatus = NarioV1.Signature.TryRead(input, out NarioV1.Signature signature, out consumed);
        MustAgree(
            input, signatureStatus, static (ReadOnlySpan<byte> source, out int size) => NarioV1.Signature.Read(source, out size));
        if (signatureStatus == OperationStatus.Done)
        {
            int size = NarioV1.Signature.GetSize(signature.Tag, signature.Text);
            Compare(input, consumed, size, NarioV1.Signature.Write(Room(size), signature.Tag, signature.Text));
            NarioV1.SignatureTag present = signature.Tag;
            MustNeedRoom(size, (room, value) => NarioV1.Signature.Write(room, present, value), signature.Text);
        }

        OperationStatus textStatus = NixWire.Str.TryRead(input, 0, MaxStringLength, out NixWire.Str text, out consumed);
        MustAgree(
            input, textStatus, static (ReadOnlySpan<byte> source, out int size) => NixWire.Str.Read(source, 0, MaxStringLength, out size));
        if (textStatus == OperationStatus.Done)
        {
            int size = NixWire.Str.GetSize(0, MaxStringLength, text.Bytes);
            Compare(input, consumed, size, NixWire.Str.Write(Room(size), 0, MaxStringLength, text.Bytes));
            MustNeedRoom(size, static (room, value) => NixWire.Str.Write(room, 0, MaxStringLength, value), text.Bytes);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        byte[] link = new byte[Nar.Symlink.GetSize("target"u8)];
        Nar.Symlink.Write(link, "target"u8);
        byte[] entry = new byte[Nar.EntryHeader.GetSize("name"u8)];
        Nar.EntryHeader.Write(entry, "name"u8);
        byte[] file = new byte[Nar.FileHeader.GetSize(Nar.FileTagName.Executable, 1)];
        Nar.FileHeader.Write(file, Nar.FileTagName.Executable, 1);
        return [.. samples.WireTokens, file, link, entry];
    }

    /// <summary>Throws unless the way of reading that throws accepts what the other one accepts.</summary>
    private static void MustAgree(ReadOnlySpan<byte> input, OperationStatus status, ViewReader read)
    {
        try
        {
            read(input, out _);
            FindingException.Unless(status == OperationStatus.Done, "one way of reading accepts what the other does not");
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, input.Length);
            OperationStatus expected = error.IsTruncated ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
            FindingException.Unless(status == expected, $"one way of reading says {status}, the other: {error.Message}");
        }
    }

    /// <summary>Throws unless a name that there is not is refused.</summary>
    private static void MustRefuse(Func<int> call)
    {
        try
        {
            call();
        }
        catch (ArgumentOutOfRangeException)
        {
            return;
        }

        throw new FindingException("a name that there is not has a size");
    }

    /// <summary>Throws unless a writer refuses room that is too small.</summary>
    private void MustNeedRoom(int size, ViewWriter write, ReadOnlySpan<byte> value = default)
    {
        try
        {
            write(Room(size)[..^1], value);
        }
        catch (ArgumentException)
        {
            return;
        }

        throw new FindingException("a value is written where there is no room for it");
    }

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
