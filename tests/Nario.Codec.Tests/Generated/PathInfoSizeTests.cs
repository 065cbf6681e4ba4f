namespace Nario.Codec.Tests.Generated;

/// <summary>
/// All that is said of a path may take 64 MiB: whichever field goes beyond is refused, and one that ends there is not.
/// </summary>
/// <remarks>The states are told that the info began earlier than it did, so that no test must be that long.</remarks>
public sealed class PathInfoSizeTests
{
    private const long Limit = 64 * 1024 * 1024;

    public static TheoryData<NarioV1Token> Version1Tokens =>
    [
        NarioV1Token.ReferencesStart,
        NarioV1Token.ReferencesItem,
        NarioV1Token.Deriver,
        NarioV1Token.Signature,
    ];

    public static TheoryData<NarioV2Token> Version2Tokens =>
    [
        NarioV2Token.Deriver,
        NarioV2Token.NarHash,
        NarioV2Token.ReferencesStart,
        NarioV2Token.ReferencesItem,
        NarioV2Token.RegistrationTime,
        NarioV2Token.NarSize,
        NarioV2Token.Ultimate,
        NarioV2Token.SignaturesStart,
        NarioV2Token.SignaturesItem,
        NarioV2Token.Ca,
    ];

    [Theory]
    [MemberData(nameof(Version1Tokens))]
    public void A_reader_of_version_1_refuses_what_goes_beyond(NarioV1Token token)
    {
        byte[] input = WriterScript.Version1().Expected;
        long end = ReadVersion1(input, token, infoStart: null);
        Assert.Equal(end, ReadVersion1(input, token, end - Limit));
        AssertTooLong("nario_v1/path_info", end, () => ReadVersion1(input, token, end - Limit - 1));
    }

    [Theory]
    [MemberData(nameof(Version2Tokens))]
    public void A_reader_of_version_2_refuses_what_goes_beyond(NarioV2Token token)
    {
        byte[] input = WriterScript.Version2().Expected;
        long end = ReadVersion2(input, token, infoStart: null);
        Assert.Equal(end, ReadVersion2(input, token, end - Limit));
        AssertTooLong("nario_v2/path_info", end, () => ReadVersion2(input, token, end - Limit - 1));
    }

    [Theory]
    [MemberData(nameof(Version1Tokens))]
    public void A_writer_of_version_1_refuses_what_goes_beyond(NarioV1Token token) =>
        AssertWriterLimit(WriterScript.Version1, token.ToString(), "nario_v1/path_info");

    [Theory]
    [MemberData(nameof(Version2Tokens))]
    public void A_writer_of_version_2_refuses_what_goes_beyond(NarioV2Token token) =>
        AssertWriterLimit(WriterScript.Version2, token.ToString(), "nario_v2/path_info");

    private static void AssertTooLong(string place, long offset, Action read)
    {
        NarioFormatException error = Assert.Throws<NarioFormatException>(read);
        Assert.Equal((place, $"at most {Limit} bytes", offset), (error.SpecPath, error.Expected, error.Offset));
        Assert.False(error.IsTruncated);
    }

    private static void AssertWriterLimit(Func<WriterScript> make, string token, string place)
    {
        long end = Write(infoStart: null);
        Assert.Equal(end, Write(end - Limit));
        KsyValueException error = Assert.Throws<KsyValueException>(() => Write(end - Limit - 1));
        Assert.Equal($"{place} must be at most {Limit} bytes long.", error.Message);

        long Write(long? infoStart)
        {
            WriterScript script = make();
            foreach (WriterCall call in script.Calls.TakeWhile(call => call.Token != token))
            {
                call.Write();
            }

            if (infoStart is { } start)
            {
                script.MoveInfo(start);
            }

            script.Calls.First(call => call.Token == token).Write();
            return script.Offset();
        }
    }

    /// <summary>Reads up to a token and the token itself, before which the info is moved. The tokens of a path are
    /// numbered in their order.</summary>
    private static long ReadVersion1(byte[] input, NarioV1Token wanted, long? infoStart)
    {
        NarioV1State state = new();
        NarioV1Reader reader = new(input, isFinalBlock: true, state);
        while (reader.Token != wanted - 1)
        {
            Assert.True(reader.Read());
        }

        state.InfoStart = infoStart ?? state.InfoStart;
        Assert.True(reader.Read());
        Assert.Equal(wanted, reader.Token);
        return state.Offset;
    }

    private static long ReadVersion2(byte[] input, NarioV2Token wanted, long? infoStart)
    {
        NarioV2State state = new();
        NarioV2Reader reader = new(input, isFinalBlock: true, state);
        while (reader.Token != wanted - 1)
        {
            Assert.True(reader.Read());
        }

        state.InfoStart = infoStart ?? state.InfoStart;
        Assert.True(reader.Read());
        Assert.Equal(wanted, reader.Token);
        return state.Offset;
    }
}
