using Nario.Store.Hashes;

namespace Nario.Store.Tests.Hashes;

public sealed class CanonicalBase64Tests
{
    [Fact]
    public void Reads_what_others_write_with_padding_and_without()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(index => (byte)(index * 151))];
            string text = Convert.ToBase64String(bytes);
            Assert.Equal(text.Length, CanonicalBase64.GetPaddedLength(length));
            foreach (string spelling in (string[])[text, text.TrimEnd('=')])
            {
                byte[] decoded = [.. Enumerable.Repeat((byte)0xff, length)];
                Assert.True(CanonicalBase64.TryDecode(spelling, decoded), $"'{spelling}' is refused");
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
        Assert.False(CanonicalBase64.TryDecode(text, new byte[byteLength]));
}
