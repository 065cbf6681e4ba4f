namespace Nario.Codec.Tests.Generated;

/// <summary>Generated readers tell the place in the specification that a token comes from.</summary>
public sealed class PlaceTests
{
    [Fact]
    public void Each_token_of_a_NAR_has_a_place() => Assert.Equal(
        [
            "nar/regular/file", "nar/regular/contents", "nar/node/symlink", "nar/directory/entries", "nar/entry_body/entry",
            "nar/directory/entries",
        ],
        Enum.GetValues<NarToken>().Skip(1).Select(NarReader.SpecPathOf));

    [Fact]
    public void Each_token_of_version_1_has_a_place() => Assert.Equal(
        [
            "nario_v1/entries", "nario_v1/entry_body/nar", "nario_v1/path_info/path",
            "nario_v1/path_info/references/items", "nario_v1/path_info/references/items",
            "nario_v1/path_info/references/items", "nario_v1/path_info/deriver", "nario_v1/path_info/signature",
            "nario_v1/entries",
        ],
        Enum.GetValues<NarioV1Token>().Skip(1).Select(NarioV1Reader.SpecPathOf));

    [Fact]
    public void Each_token_of_version_2_has_a_place() => Assert.Equal(
        [
            "nario_v2/entries", "nario_v2/path_info/path", "nario_v2/path_info/deriver", "nario_v2/path_info/nar_hash",
            "nario_v2/path_info/references/items", "nario_v2/path_info/references/items",
            "nario_v2/path_info/references/items", "nario_v2/path_info/registration_time", "nario_v2/path_info/nar_size",
            "nario_v2/path_info/ultimate", "nario_v2/path_info/signatures/items", "nario_v2/path_info/signatures/items",
            "nario_v2/path_info/signatures/items", "nario_v2/path_info/ca", "nario_v2/entry_body/nar", "nario_v2/entries",
        ],
        Enum.GetValues<NarioV2Token>().Skip(1).Select(NarioV2Reader.SpecPathOf));

    [Fact]
    public void What_is_no_token_has_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NarReader.SpecPathOf(NarToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => NarioV1Reader.SpecPathOf(NarioV1Token.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => NarioV2Reader.SpecPathOf(NarioV2Token.None));
    }
}
