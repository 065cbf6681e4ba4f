using System.Buffers;
using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Trees;

/// <summary>Calls of the generated writers in any order, with any values.</summary>
internal sealed class WriterCallsHarness : IHarness
{
    private const int MaxCalls = 400;
    private const int MaxLength = 4200;

    /// <inheritdoc/>
    public string Name => "writer-calls";

    /// <inheritdoc/>
    public string Description => "calls a writer in any order: wrong calls are refused, and what is completed can be read";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        ArchiveKind kind = (ArchiveKind)source.Next(3);
        ArrayBufferWriter<byte> output = new();
        bool isComplete = kind switch
        {
            ArchiveKind.Nar => WriteNar(output, new NarState(), ref source),
            ArchiveKind.NarioV1 => WriteVersion1(output, ref source),
            _ => WriteVersion2(output, ref source),
        };
        if (isComplete)
        {
            Transcript read = new Transcript().Record(kind, output.WrittenSpan, ChunkSizes.Whole);
            FindingException.Unless(
                read.ToString() == $"accepted, {output.WrittenCount} bytes", $"{output.WrittenCount} bytes are written, but: {read}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Operations;

    private static bool WriteNar(ArrayBufferWriter<byte> output, NarState state, ref ByteSource source)
    {
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, state);
        for (int count = 0; count < MaxCalls; count++)
        {
            try
            {
                switch (source.Next(7))
                {
                    case 0:
                        writer.Complete();
                        return true;
                    case 1:
                        Nar.FileTagName tag = source.NextBoolean() ? Nar.FileTagName.Executable : Nar.FileTagName.Contents;
                        byte[] contents = NextBytes(ref source);
                        writer.WriteFile(tag, source.Next(16) == 1 ? source.NextNumber() : (ulong)contents.Length);
                        writer.WriteContents(contents);
                        break;
                    case 2:
                        writer.WriteContents(NextBytes(ref source));
                        break;
                    case 3:
                        writer.WriteSymlink(NextBytes(ref source));
                        break;
                    case 4:
                        writer.WriteDirectoryStart();
                        break;
                    case 5:
                        writer.WriteEntry(NextBytes(ref source));
                        break;
                    case 6:
                        writer.WriteDirectoryEnd();
                        break;
                }
            }
            catch (Exception error) when (IsRefusal(error))
            {
                // The caller may try another call all the same.
            }
        }

        return false;
    }

    private static bool WriteVersion1(ArrayBufferWriter<byte> output, ref ByteSource source)
    {
        NarioV1State state = new();
        NarioV1Writer<ArrayBufferWriter<byte>> writer = new(output, state);
        for (int count = 0; count < MaxCalls; count++)
        {
            try
            {
                switch (source.Next(10))
                {
                    case 0:
                        writer.Complete();
                        return true;
                    case 1:
                        writer.WriteEntriesStart();
                        break;
                    case 2:
                        writer.WriteNar();
                        WriteNar(output, state.Nar, ref source);
                        break;
                    case 3:
                        writer.WritePath(NextBytes(ref source));
                        break;
                    case 4:
                        writer.WriteReferencesStart(source.NextNumber());
                        break;
                    case 5:
                        writer.WriteReferencesItem(NextBytes(ref source));
                        break;
                    case 6:
                        writer.WriteReferencesEnd();
                        break;
                    case 7:
                        writer.WriteDeriver(NextBytes(ref source));
                        break;
                    case 8:
                        writer.WriteSignature((NarioV1.SignatureTag)source.Next(3), NextBytes(ref source));
                        break;
                    case 9:
                        writer.WriteEntriesEnd();
                        break;
                }
            }
            catch (Exception error) when (IsRefusal(error))
            {
                // The caller may try another call all the same.
            }
        }

        return false;
    }

    private static bool WriteVersion2(ArrayBufferWriter<byte> output, ref ByteSource source)
    {
        NarioV2State state = new();
        NarioV2Writer<ArrayBufferWriter<byte>> writer = new(output, state);
        for (int count = 0; count < MaxCalls; count++)
        {
            try
            {
                switch (source.Next(17))
                {
                    case 0:
                        writer.Complete();
                        return true;
                    case 1:
                        writer.WriteEntriesStart();
                        break;
                    case 2:
                        writer.WritePath(NextBytes(ref source));
                        break;
                    case 3:
                        writer.WriteDeriver(NextBytes(ref source));
                        break;
                    case 4:
                        writer.WriteNarHash(NextBytes(ref source));
                        break;
                    case 5:
                        writer.WriteReferencesStart(source.NextNumber());
                        break;
                    case 6:
                        writer.WriteReferencesItem(NextBytes(ref source));
                        break;
                    case 7:
                        writer.WriteReferencesEnd();
                        break;
                    case 8:
                        writer.WriteRegistrationTime(source.NextNumber());
                        break;
                    case 9:
                        writer.WriteNarSize(source.NextNumber());
                        break;
                    case 10:
                        writer.WriteUltimate(source.NextNumber());
                        break;
                    case 11:
                        writer.WriteSignaturesStart(source.NextNumber());
                        break;
                    case 12:
                        writer.WriteSignaturesItem(NextBytes(ref source));
                        break;
                    case 13:
                        writer.WriteSignaturesEnd();
                        break;
                    case 14:
                        writer.WriteCa(NextBytes(ref source));
                        break;
                    case 15:
                        writer.WriteNar();
                        WriteNar(output, state.Nar, ref source);
                        break;
                    case 16:
                        writer.WriteEntriesEnd();
                        break;
                }
            }
            catch (Exception error) when (IsRefusal(error))
            {
                // The caller may try another call all the same.
            }
        }

        return false;
    }

    private static bool IsRefusal(Exception error) =>
        error is InvalidOperationException or ArgumentException && error is not ArgumentOutOfRangeException;

    private static byte[] NextBytes(ref ByteSource source) => source.NextBytes(source.NextLength(0, MaxLength));
}
