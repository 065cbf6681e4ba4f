using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Store.Tests.Hashes;

public class HashModuloTests
{
    private static readonly StorePath Self = StorePath.Parse("ldnhvinkxcm0iva214pnhimwfxxbjlac-libself-2.1");

    /// <summary>A hash part that begins with its own end, so that occurrences overlap.</summary>
    private static readonly StorePath Periodic = StorePath.Parse("abababababababababababababababab-x");

    [Fact]
    public void Without_positions_is_the_address_that_3_12_gave()
    {
        (ValidPathInfo info, byte[] nar) =
            GoldenNario.ReadNars("14-ca-selfref").Single(entry => entry.Info.Path == Self);
        Assert.Equal(info.ContentAddress!.Hash, Hash(Self, nar, withPositions: false));
        Assert.NotEqual(info.ContentAddress.Hash, Hash(Self, nar, withPositions: true));
    }

    [Fact]
    public void Without_an_occurrence_is_the_plain_hash()
    {
        foreach ((ValidPathInfo info, byte[] nar) in GoldenNario.ReadNars("09-closure"))
        {
            if (!info.References.Contains(info.Path))
            {
                Assert.Equal(info.NarHash, Hash(info.Path, nar, withPositions: true));
            }
        }
    }

    [Fact]
    public void Positions_tell_zeros_from_occurrences()
    {
        byte[] mentions = [.. "before "u8, .. Encoding.ASCII.GetBytes(Self.HashPart), .. " after"u8];
        byte[] zeros = [.. "before "u8, .. new byte[32], .. " after"u8];
        Assert.Equal(Hash(Self, mentions, withPositions: false), Hash(Self, zeros, withPositions: false));
        Assert.NotEqual(Hash(Self, mentions, withPositions: true), Hash(Self, zeros, withPositions: true));
        Assert.Equal(TestHash.Sha256([.. zeros, .. "|7"u8]), Hash(Self, mentions, withPositions: true));
    }

    [Property(MaxTest = 300)]
    public bool Is_the_naive_hash_however_the_bytes_come(int seed, bool withPositions, bool periodic)
    {
        Random random = new(seed);
        StorePath self = periodic ? Periodic : Self;
        byte[] contents = MakeContents(random, self, random.Next(random.Next(2) == 0 ? 50 : 10_000));
        return HashInChunks(random, self, contents, withPositions) == HashNaively(self, contents, withPositions);
    }

    [Fact]
    public void Finds_an_occurrence_over_every_border()
    {
        const int Length = 200_000;
        byte[] hashPart = Encoding.ASCII.GetBytes(Self.HashPart);
        Random random = new(1);
        for (int position = 65_536 - 70; position <= 65_536 + 40; position++)
        {
            byte[] contents = new byte[Length];
            contents.AsSpan().Fill((byte)'-');
            hashPart.CopyTo(contents, position);
            hashPart.CopyTo(contents, Length - hashPart.Length);
            Assert.Equal(HashNaively(Self, contents, true), Hash(Self, contents, true));
            Assert.Equal(HashNaively(Self, contents, true), HashInChunks(random, Self, contents, true));
        }
    }

    [Fact]
    public void Counts_the_occurrences()
    {
        using HashModulo hash = new(HashAlgorithmKind.Sha512, Self);
        byte[] hashPart = Encoding.ASCII.GetBytes(Self.HashPart);
        for (int i = 0; i < 5000; i++)
        {
            hash.Append(hashPart);
            hash.Append("x"u8);
        }

        Assert.Equal(HashAlgorithmKind.Sha512, hash.Finish().Algorithm);
        Assert.Equal(5000ul, hash.OccurrenceCount);
    }

    [Fact]
    public void Positions_of_any_size_come_back()
    {
        ulong[] positions = [0, 0, 1, 127, 128, 255, 256, 1 << 14, 1 << 21, 1ul << 40, 1ul << 63, ulong.MaxValue];
        PositionList list = new();
        foreach (ulong position in positions)
        {
            list.Add(position);
        }

        List<ulong> read = [];
        foreach (ulong position in list)
        {
            read.Add(position);
        }

        Assert.Equal(positions, read);
    }

    [Fact]
    public void Positions_take_bounded_memory()
    {
        PositionList list = new();
        for (int i = 0; i < PositionList.MaxByteLength; i++)
        {
            list.Add((ulong)i * 32);
        }

        Assert.Throws<StoreException>(() => list.Add(ulong.MaxValue));
    }

    private static byte[] MakeContents(Random random, StorePath self, int pieces)
    {
        byte[] hashPart = Encoding.ASCII.GetBytes(self.HashPart);
        using MemoryStream contents = new();
        for (int i = 0; i < pieces; i++)
        {
            int from = random.Next(hashPart.Length);
            contents.Write(random.Next(4) switch
            {
                0 => hashPart,
                1 => hashPart.AsSpan(from),
                2 => hashPart.AsSpan(0, from),
                _ => "xyz"u8[random.Next(3)..],
            });
        }

        return contents.ToArray();
    }

    private static NixHash Hash(StorePath self, byte[] contents, bool withPositions)
    {
        using HashModulo hash = new(HashAlgorithmKind.Sha256, self, withPositions);
        hash.Append(contents);
        return hash.Finish();
    }

    private static NixHash HashInChunks(Random random, StorePath self, byte[] contents, bool withPositions)
    {
        using HashModulo hash = new(HashAlgorithmKind.Sha256, self, withPositions);
        int maxChunk = random.Next(2) == 0 ? 40 : 100_000;
        for (int offset = 0; offset < contents.Length;)
        {
            int length = Math.Min(random.Next(maxChunk), contents.Length - offset);
            hash.Append(contents.AsSpan(offset, length));
            offset += length;
        }

        return hash.Finish();
    }

    private static NixHash HashNaively(StorePath self, byte[] contents, bool withPositions)
    {
        string text = Encoding.Latin1.GetString(contents);
        StringBuilder suffix = new();
        for (int at = 0; (at = text.IndexOf(self.HashPart, at, StringComparison.Ordinal)) >= 0; at += 32)
        {
            suffix.Append(CultureInfo.InvariantCulture, $"|{at}");
        }

        string replaced = text.Replace(self.HashPart, new string('\0', 32), StringComparison.Ordinal);
        return TestHash.Sha256(Encoding.Latin1.GetBytes(replaced + (withPositions ? suffix : "")));
    }
}
