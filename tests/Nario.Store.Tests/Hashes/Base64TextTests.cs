using Nario.Store.Hashes;

namespace Nario.Store.Tests.Hashes;

public sealed class Base64TextTests
{
    [Fact]
    public void Reads_what_others_write_with_padding_and_without()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(index => (byte)(index * 151))];
            string text = Convert.ToBase64String(bytes);
            Assert.Equal(text.Length, Base64Text.GetPaddedLength(length));
            foreach (string spelling in (string[])[text, text.TrimEnd('=')])
            {
                byte[] decoded = [.. Enumerable.Repeat((byte)0xff, length)];
                Assert.True(Base64Text.TryDecode(spelling, decoded), $"'{spelling}' is refused");
                Assert.Equal(bytes, decoded);
                Assert.True(Base64Text.TryDecode(spelling, out byte[] all));
                Assert.Equal(bytes, all);
                Assert.True(Base64Text.TryDecodeLoosely(spelling, decoded));
                Assert.Equal(bytes, decoded);
            }
        }
    }

    [Theory]
    [InlineData(1, "AQ=")]
    [InlineData(1, "AQ===")]
    [InlineData(1, "AQA=")]
    [InlineData(1, "AR==")]
    [InlineData(1, "=Q==")]
    [InlineData(2, "AQIB")]
    [InlineData(2, "AQJ=")]
    [InlineData(3, "AQI")]
    [InlineData(3, "AQID====")]
    [InlineData(3, "-QID")]
    [InlineData(3, "A_ID")]
    [InlineData(3, "AQ D")]
    public void Refuses_other_lengths_characters_and_bits(int byteLength, string text) =>
        Assert.False(Base64Text.TryDecode(text, new byte[byteLength]));

    [Theory]
    [InlineData("A")]
    [InlineData("AQ=")]
    [InlineData("AQ===")]
    [InlineData("AR==")]
    [InlineData("AQJ=")]
    [InlineData("AQIDA")]
    [InlineData("AQID=")]
    [InlineData("AQ\nI=")]
    [InlineData("AQ=I")]
    public void Refuses_what_is_not_canonical_of_any_length(string text) =>
        Assert.False(Base64Text.TryDecode(text, out _));

    [Theory]
    [InlineData(1, "AR==")]
    [InlineData(1, "AQ=")]
    [InlineData(1, "AQ===?")]
    [InlineData(1, "A\nQ\n")]
    [InlineData(3, "AQ\nID")]
    public void Reads_loosely_what_Nix_reads(int byteLength, string text)
    {
        byte[] bytes = new byte[byteLength];
        Assert.True(Base64Text.TryDecodeLoosely(text, bytes));
        Assert.Equal(new byte[] { 1, 2, 3 }[..byteLength], bytes);
    }

    [Theory]
    [InlineData(1, "A=Q=")]
    [InlineData(1, "AQI=")]
    [InlineData(2, "AQ==")]
    [InlineData(1, "A Q")]
    [InlineData(1, "A-")]
    public void Refuses_other_lengths_and_characters_loosely(int byteLength, string text) =>
        Assert.False(Base64Text.TryDecodeLoosely(text, new byte[byteLength]));
}
