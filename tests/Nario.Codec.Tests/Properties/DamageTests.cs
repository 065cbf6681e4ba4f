using FsCheck.Xunit;
using Nario.Codec.Tests.Framing;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Properties;

/// <summary>Damaged input gives one kind of exception, the same in every mode, and always an end.</summary>
[Properties(Arbitrary = [typeof(NarioArbitraries)])]
public sealed class DamageTests
{
    public static TheoryData<int> Versions => [.. NarioVersion.All.Select(version => version.Number)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void N08_Every_truncation_is_found(int version)
    {
        byte[] bytes = Small(version).ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] cut = bytes[..length];
            Verdict verdict = NarioModes.Read(cut);
            Assert.False(verdict.IsAccepted, $"cut after {length} bytes");
            Assert.True(verdict.IsTruncated, $"cut after {length} bytes: {verdict}");
            Assert.InRange(verdict.Offset, 0, length);
            Verdict listed = NarioModes.Skip(cut);
            Assert.True(listed.IsTruncated, $"cut after {length} bytes: {listed}");
            Assert.InRange(listed.Offset, 0, length);
        }
    }

    [Property(MaxTest = 40)]
    public void N08_Truncation_anywhere_is_found(SampleNario nario, int seed)
    {
        byte[] bytes = nario.ToBytes();
        byte[] cut = bytes[..new Random(seed).Next(bytes.Length)];
        Verdict verdict = NarioModes.Read(cut);
        Assert.True(verdict.IsTruncated, verdict.ToString());
        Assert.InRange(verdict.Offset, 0, cut.Length);
        Assert.True(NarioModes.Skip(cut).IsTruncated);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_changed_byte_gives_the_same_verdict_in_every_mode(int version)
    {
        byte[] bytes = Small(version).ToBytes();
        for (int offset = 0; offset < bytes.Length; offset++)
        {
            byte kept = bytes[offset];
            bytes[offset] ^= (byte)(1 << (offset % 8));
            Check(bytes);
            bytes[offset] = kept;
        }
    }

    [Property(MaxTest = 40)]
    public void Changed_bytes_give_the_same_verdict_in_every_mode(SampleNario nario, int seed)
    {
        Random random = new(seed);
        byte[] bytes = nario.ToBytes();
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        Check(bytes);
    }

    [Property(MaxTest = 40)]
    public void A_moved_piece_gives_the_same_verdict_in_every_mode(SampleNario nario, int seed)
    {
        Random random = new(seed);
        byte[] bytes = nario.ToBytes();
        int from = random.Next(bytes.Length);
        int length = random.Next(1, Math.Min(100, bytes.Length - from) + 1);
        byte[] piece = bytes[from..(from + length)];
        byte[] without = [.. bytes[..from], .. bytes[(from + length)..]];
        int to = random.Next(without.Length + 1);
        Check([.. without[..to], .. piece, .. without[to..]]);
    }

    [Property(MaxTest = 40)]
    public void Noise_gives_the_same_verdict_in_every_mode(byte[] noise, bool isVersion2)
    {
        Check(noise);
        Check(new Wire().Raw(isVersion2 ? "NARIO2\0\0"u8 : []).Number(1).Raw(noise).ToArray());
    }

    /// <summary>
    /// Reads in every mode; only one kind of exception is caught there, and no mode reads more than there is.
    /// </summary>
    private static void Check(byte[] bytes)
    {
        Verdict verdict = NarioModes.Read(bytes);
        Assert.InRange(verdict.Offset, 0, bytes.Length);
        if (!verdict.IsAccepted)
        {
            Assert.NotEmpty(verdict.Expected);
            Assert.NotEmpty(verdict.Found);
        }

        NarioModes.Skip(bytes);
        CheckTokens(bytes);
    }

    /// <summary>
    /// A token takes bytes, or ends what took some: more tokens than bytes mean that a reader does not move on.
    /// </summary>
    private static void CheckTokens(byte[] bytes)
    {
        int tokens = 0;
        Verdict.Of(() =>
        {
            using NarioReader reader = NarioReader.Open(new ForwardStream(bytes));
            while (reader.Read())
            {
                while (reader.Nar.Read())
                {
                    Assert.True(++tokens <= bytes.Length);
                }

                Assert.True(++tokens <= bytes.Length);
            }

            return 0;
        });
    }

    private static SampleNario Small(int version)
    {
        const string Library = "0123456789abcdfghijklmnpqrsvwxyz-library-1.0";
        const string Program = "zyxwvsrqpnmlkjihgfdcba9876543210-program";
        Node program = new FileNode("#!"u8.ToArray(), IsExecutable: true);
        Node tree = new DirectoryNode(
        [
            new("bin"u8.ToArray(), new DirectoryNode([new("run"u8.ToArray(), program)])),
            new([0xff], new LinkNode("../x"u8.ToArray())),
        ]);
        return SampleNario.Of(
            version,
            new SamplePath(new NarioPathInfo { Path = Library }, new FileNode("library\n"u8.ToArray())),
            new SamplePath(
                new NarioPathInfo
                {
                    Path = Program,
                    Deriver = Program + ".drv",
                    References = [Library, Program],
                    RegistrationTime = 1_700_000_000,
                    IsUltimate = true,
                    Signatures = ["key:c2lnbmF0dXJl"],
                    ContentAddress = "fixed:r:sha256:x",
                },
                tree));
    }
}
