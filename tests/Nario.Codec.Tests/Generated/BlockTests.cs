using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Generated;

/// <summary>Generated readers say the same wherever blocks end, and notice any end that comes too early.</summary>
public sealed class BlockTests
{
    private static readonly Node Tree = new DirectoryNode(
        [
            new("a"u8.ToArray(), new DirectoryNode([new("b"u8.ToArray(), new FileNode([1, 2, 3, 4, 5, 6, 7, 8, 9], IsExecutable: true))])),
            new("c"u8.ToArray(), new FileNode([])),
            new("d"u8.ToArray(), new LinkNode("target"u8.ToArray())),
            new("e"u8.ToArray(), new FileNode([1, 2, 3, 4, 5, 6, 7, 8])),
        ]);

    public static TheoryData<string, bool> Ways => new()
    {
        { "nar", false }, { "nar", true }, { "1", false }, { "1", true }, { "2", false }, { "2", true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Two_blocks_say_what_one_does(string format, bool skipContent)
    {
        byte[] input = Sample(format);
        List<string> expected = ReadWhole(format, input, skipContent);
        for (int end = 0; end <= input.Length; end++)
        {
            GeneratedReader reader = GeneratedReader.Make(format);
            int consumed = reader.Feed(input.AsSpan(0, end), isFinalBlock: false, skipContent);
            Assert.False(reader.HasFailed);
            Assert.Equal(reader.Offset, consumed + reader.BytesToSkip);
            Assert.InRange(consumed, 0, end);
            int begin = (int)reader.Offset;
            Assert.InRange(begin, 0, input.Length);
            Assert.Equal(input.Length - begin, reader.Feed(input.AsSpan(begin), isFinalBlock: true, skipContent));
            Assert.True(reader.IsComplete);
            Assert.Equal(input.Length, reader.Offset);
            Assert.Equal(expected, reader.Tokens);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_input_that_ends_early_is_cut_off(string format, bool skipContent)
    {
        byte[] input = Sample(format);
        for (int end = 0; end < input.Length; end++)
        {
            GeneratedReader reader = GeneratedReader.Make(format);
            NarioFormatException error = Assert.Throws<NarioFormatException>(
                () => reader.Feed(input.AsSpan(0, end), isFinalBlock: true, skipContent));
            Assert.True(reader.HasFailed);
            Assert.InRange(error.Offset, 0, end);
            Assert.Throws<InvalidOperationException>(() => reader.Feed(input, isFinalBlock: true, skipContent));
            Assert.True(error.IsTruncated);
            Assert.Equal("the end of the input", error.Found);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_input_that_goes_beyond_its_stated_size_is_refused(string format, bool skipContent)
    {
        byte[] input = Sample(format);
        for (int end = 0; end < input.Length; end++)
        {
            // A block may end with the stated size, and more may be there.
            foreach (int length in (int[])[end, input.Length])
            {
                GeneratedReader reader = GeneratedReader.Make(format);
                reader.Reset(1000, 1000 + end);
                NarioFormatException error = Assert.Throws<NarioFormatException>(
                    () => reader.Feed(input.AsSpan(0, length), isFinalBlock: false, skipContent));
                Assert.False(error.IsTruncated);
                Assert.InRange(error.Offset, 1000, 1000 + end);
                if (error.Expected.StartsWith("at most", StringComparison.Ordinal))
                {
                    // What does not fit is known before it comes.
                    Assert.Equal($"at most {1000 + end - error.Offset} bytes", error.Expected);
                    Assert.True(long.Parse(error.Found) > 1000 + end - error.Offset);
                }
                else
                {
                    Assert.Equal("the end of the stated size", error.Found);
                }
            }
        }

        GeneratedReader whole = GeneratedReader.Make(format);
        whole.Reset(1000, 1000 + input.Length);
        Assert.Equal(input.Length, whole.Feed([.. input, 1, 2, 3], isFinalBlock: false, skipContent));
        Assert.True(whole.IsComplete);
        Assert.Equal(1000 + input.Length, whole.Offset);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_reset_forgets_what_was_read(string format, bool skipContent)
    {
        byte[] input = Sample(format);
        List<string> expected = ReadWhole(format, input, skipContent);
        GeneratedReader reader = GeneratedReader.Make(format);
        for (int end = 0; end <= input.Length; end++)
        {
            reader.Reset(0, long.MaxValue);
            reader.Feed(input.AsSpan(0, end), isFinalBlock: false, skipContent);
            reader.Reset(0, long.MaxValue);
            reader.Tokens.Clear();
            Assert.Equal(input.Length, reader.Feed(input, isFinalBlock: true, skipContent));
            Assert.Equal(expected, reader.Tokens);
        }
    }

    /// <summary>A reader does not wait for more when what is there is wrong already.</summary>
    [Theory]
    [InlineData("nar")]
    [InlineData("1")]
    [InlineData("2")]
    public void What_is_wrong_is_wrong_before_more_comes(string format)
    {
        byte[] input = Sample(format);
        int noticed = 0;
        for (int index = 0; index < input.Length; index++)
        {
            byte[] damaged = [.. input];
            damaged[index] ^= 0x80;
            string? whole = Verdict(damaged, isFinalBlock: true);
            string? part = Verdict(damaged, isFinalBlock: false);
            if (part is not null)
            {
                noticed++;
                Assert.Equal(whole, part);
            }
        }

        // Nearly everything but names, contents, and lengths that only now are too long for what is there.
        Assert.InRange(noticed, input.Length / 2, input.Length);

        string? Verdict(byte[] bytes, bool isFinalBlock)
        {
            try
            {
                GeneratedReader.Make(format).Feed(bytes, isFinalBlock, skipContent: false);
                return null;
            }
            catch (NarioFormatException error)
            {
                return $"{error.Offset} {error.SpecPath} {error.Expected} {error.Found} {error.IsTruncated}";
            }
        }
    }

    /// <summary>Contents that are passed over need not come, but for the last byte, which shows that they are there.</summary>
    [Fact]
    public void Contents_are_passed_over_beyond_a_block()
    {
        byte[] input = Sample("nar");
        int contents = input.AsSpan().IndexOf<byte>([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        for (int length = 0; length < 9; length++)
        {
            GeneratedReader reader = GeneratedReader.Make("nar");
            Assert.Equal(contents + length, reader.Feed(input.AsSpan(0, contents + length), isFinalBlock: false, skipContent: true));
            Assert.Equal(8 - length, reader.BytesToSkip);
            Assert.Equal(contents + 8, reader.Offset);
        }
    }

    private static byte[] Sample(string format) => format switch
    {
        "nar" => Wire.Nar(Tree),
        "1" => WriterScript.Version1().Expected,
        _ => WriterScript.Version2().Expected,
    };

    private static List<string> ReadWhole(string format, byte[] input, bool skipContent)
    {
        GeneratedReader reader = GeneratedReader.Make(format);
        Assert.Equal(input.Length, reader.Feed(input, isFinalBlock: true, skipContent));
        Assert.True(reader.IsComplete);
        return reader.Tokens;
    }
}
