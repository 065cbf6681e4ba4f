using System.Buffers;
using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Trees;

/// <summary>Calls of the generated writers in any order, with any values.</summary>
internal sealed class WriterCallsHarness : IHarness
{
    private const int MaxRefusals = 8;
    private const int MaxLength = 4200;
    private const int KindCount = 3;

    /// <summary>A count of bytes and then bytes that are a length or a number beyond what is allowed.</summary>
    private static ReadOnlySpan<byte> TooLong => [LongLength, 0x10, 0x68, 0xff, 0xff, 0xff, 0xff, 0xff];

    /// <summary>The code with which <see cref="ByteSource.NextLength"/> takes the length from the two bytes after
    /// it.</summary>
    private const byte LongLength = 0xe0;

    private const int MaxOperations = 17;

    /// <inheritdoc/>
    public string Name => "writer-calls";

    /// <inheritdoc/>
    public string Description => "calls a writer in any order: wrong calls are refused, and what is completed can be read";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        int choice = source.Next(2 * KindCount);
        ArchiveKind kind = (ArchiveKind)(choice % KindCount);

        // Some archives must end at a certain place.
        long end = choice < KindCount ? long.MaxValue : source.NextByte() * 8;
        ArrayBufferWriter<byte> output = new();
        bool isComplete = kind switch
        {
            ArchiveKind.Nar => WriteNar(output, NewNarState(end), ref source),
            ArchiveKind.NarioV1 => WriteVersion1(output, end, ref source),
            _ => WriteVersion2(output, end, ref source),
        };
        FindingException.Unless(output.WrittenCount <= end, "a writer goes beyond its end");
        if (isComplete)
        {
            Transcript read = new Transcript().Record(kind, output.WrittenSpan, ChunkSizes.Whole);
            FindingException.Unless(
                read.ToString() == $"accepted, {output.WrittenCount} bytes", $"{output.WrittenCount} bytes are written, but: {read}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        // Calls in an order that is right; chance alone would hardly find one.
        byte[] link = [3, 1, (byte)'a'];
        const byte LinkSize = 120;
        byte[] path = [LongLength, 0, 34, .. new byte[34]];
        byte[] hash = [LongLength, 0, 64, .. new byte[64]];
        byte[][] tree =
        [
            [4], [5, 1, (byte)'a'], [1, 1, 3, 1, 2, 3, 1, 1, 8], [7, 1, 4], [7, 1, 5], [2, 3, 6, 7, 8],
            [5, 1, (byte)'b'], [4], [6], [5, 1, (byte)'c'], link, [6], [0],
        ];
        byte[][] version1 =
        [
            [1], [2], link, [0], [3, .. path], [4, 1, 1], [5, .. path], [6], [7, 0], [8, 1, 1, 0], [9], [0],
        ];
        byte[][] version2 =
        [
            [1], [2, .. path], [3, 0], [4, .. hash], [5, 1, 1], [6, .. path], [7], [8, 0], [9, 1, LinkSize], [10, 0],
            [11, 1, 1], [12, 0], [13], [14, 0], [15], link, [0], [16], [0],
        ];
        byte[] tooMuch = [(byte)ArchiveKind.Nar, 1, 1, 3, 1, 2, 3, 1, 1, 2];
        return samples.Operations
            .Append(tooMuch)
            .Concat(MakeSeeds(ArchiveKind.Nar, tree))
            .Concat(MakeSeeds(ArchiveKind.NarioV1, version1))
            .Concat(MakeSeeds(ArchiveKind.NarioV2, version2));
    }

    /// <summary>Gets the calls, and before each of them another one in its place.</summary>
    private static IEnumerable<byte[]> MakeSeeds(ArchiveKind kind, byte[][] calls)
    {
        byte[] all = [.. calls.SelectMany(static call => call)];
        yield return [(byte)kind, .. all];
        for (byte end = 0; end < 64; end++)
        {
            yield return [(byte)((int)kind + KindCount), end, .. all];
        }

        for (int right = 0; right < calls.Length; right++)
        {
            byte[] before = [(byte)kind, .. calls.Take(right).SelectMany(static call => call)];
            byte[] after = [.. calls.Skip(right).SelectMany(static call => call)];
            for (byte operation = 0; operation < MaxOperations; operation++)
            {
                foreach (byte[] value in (byte[][])[[1, (byte)'/'], [2, 0], [.. TooLong], [8, .. TooLong]])
                {
                    yield return [.. before, operation, .. value, .. after];
                }
            }
        }
    }

    private static NarState NewNarState(long end)
    {
        NarState state = new();
        state.Reset(0, end);
        return state;
    }

    private static bool WriteNar(ArrayBufferWriter<byte> output, NarState state, ref ByteSource source)
    {
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, state);
        int refusals = 0;
        while (refusals < MaxRefusals)
        {
            try
            {
                switch (source.Next(8))
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
                    case 7:
                        byte[] passed = NextBytes(ref source);
                        writer.PassContents(passed.Length);
                        output.Write(passed);
                        break;
                }
            }
            catch (Exception error) when (IsRefusal(error))
            {
                // The caller may try another call all the same; at the end of the input it would be the same one.
                refusals = source.IsEmpty ? MaxRefusals : refusals + 1;
            }
        }

        return false;
    }

    private static bool WriteVersion1(ArrayBufferWriter<byte> output, long end, ref ByteSource source)
    {
        NarioV1State state = new();
        state.Reset(0, end);
        NarioV1Writer<ArrayBufferWriter<byte>> writer = new(output, state);
        int refusals = 0;
        while (refusals < MaxRefusals)
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
                // The caller may try another call all the same; at the end of the input it would be the same one.
                refusals = source.IsEmpty ? MaxRefusals : refusals + 1;
            }
        }

        return false;
    }

    private static bool WriteVersion2(ArrayBufferWriter<byte> output, long end, ref ByteSource source)
    {
        NarioV2State state = new();
        state.Reset(0, end);
        NarioV2Writer<ArrayBufferWriter<byte>> writer = new(output, state);
        int refusals = 0;
        while (refusals < MaxRefusals)
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
                // The caller may try another call all the same; at the end of the input it would be the same one.
                refusals = source.IsEmpty ? MaxRefusals : refusals + 1;
            }
        }

        return false;
    }

    private static bool IsRefusal(Exception error) =>
        error is InvalidOperationException or ArgumentException && error is not ArgumentOutOfRangeException;

    private static byte[] NextBytes(ref ByteSource source) => source.NextBytes(source.NextLength(0, MaxLength));
}
