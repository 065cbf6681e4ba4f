using System.Numerics;
using FsCheck.Xunit;
using Nario.Store.Hashes;

namespace Nario.Store.Tests.Hashes;

public class Nix32Tests
{
    private const string Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";

    [Theory]
    [InlineData("", "")]
    [InlineData("00", "00")]
    [InlineData("01", "01")]
    [InlineData("1f", "0z")]
    [InlineData("20", "10")]
    [InlineData("ff", "7z")]
    [InlineData("0001", "0080")]
    [InlineData(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s")]
    public void Writes_and_reads_known_values(string hexadecimal, string expected)
    {
        byte[] bytes = Convert.FromHexString(hexadecimal);
        Assert.Equal(expected, Nix32.Encode(bytes));
        byte[] decoded = new byte[bytes.Length];
        Assert.True(Nix32.TryDecode(expected, decoded));
        Assert.Equal(bytes, decoded);
    }

    [Property]
    public bool Writes_the_digits_of_a_little_endian_number(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        BigInteger number = new(bytes, isUnsigned: true, isBigEndian: false);
        string expected = "";
        for (int i = 0; i < Nix32.GetEncodedLength(bytes.Length); i++)
        {
            expected = Alphabet[(int)(number % 32)] + expected;
            number /= 32;
        }

        return Nix32.Encode(bytes) == expected;
    }

    [Property]
    public bool What_was_written_comes_back(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        byte[] decoded = new byte[bytes.Length];
        return Nix32.TryDecode(Nix32.Encode(bytes), decoded) && decoded.AsSpan().SequenceEqual(bytes);
    }

    [Property]
    public bool No_other_text_is_read_as_the_same_bytes(byte[] bytes, byte position, byte digit)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        string text = Nix32.Encode(bytes);
        if (text.Length == 0)
        {
            return true;
        }

        char[] changed = text.ToCharArray();
        changed[position % changed.Length] = Alphabet[digit % Alphabet.Length];
        byte[] decoded = new byte[bytes.Length];
        return !Nix32.TryDecode(changed, decoded)
            || (Nix32.Encode(decoded) == new string(changed)
                && decoded.AsSpan().SequenceEqual(bytes) == text.AsSpan().SequenceEqual(changed));
    }

    [Theory]
    [InlineData(1, "0")]
    [InlineData(1, "000")]
    [InlineData(1, "0e")]
    [InlineData(1, "0A")]
    [InlineData(1, "80")]
    [InlineData(32, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData(32, "2000000000000000000000000000000000000000000000000000")]
    public void Refuses_other_lengths_characters_and_bits(int byteLength, string text) =>
        Assert.False(Nix32.TryDecode(text, new byte[byteLength]));

    [Fact]
    public void Refuses_a_character_that_is_none_wherever_it_stands()
    {
        byte[] bytes = new byte[32];
        for (int index = 0; index < Nix32.GetEncodedLength(bytes.Length); index++)
        {
            char[] text = Nix32.Encode(bytes).ToCharArray();
            text[index] = 'e';
            Assert.False(Nix32.TryDecode(text, bytes), $"an 'e' at {index} is taken");
            bytes.AsSpan().Clear();
        }
    }

    [Fact]
    public void Fills_what_held_something_else()
    {
        byte[] bytes = [0xff, 0xff, 0xff];
        Assert.True(Nix32.TryDecode(Nix32.Encode([1, 2, 3]), bytes));
        Assert.Equal([1, 2, 3], bytes);
    }

    [Theory]
    [InlineData(16, 26)]
    [InlineData(20, 32)]
    [InlineData(32, 52)]
    [InlineData(64, 103)]
    public void Knows_the_lengths_of_hashes(int byteLength, int expected) =>
        Assert.Equal(expected, Nix32.GetEncodedLength(byteLength));
}
