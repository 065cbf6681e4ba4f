using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>What stands around the NARs of version 2.</summary>
public sealed class Version2Tests
{
    private const string Name = "0123456789abcdfghijklmnpqrsvwxyz-name";

    private static readonly Node File = new FileNode("contents"u8.ToArray());

    private static readonly NarioPathInfo Info =
        SampleNario.Of(2, new SamplePath(new() { Path = Name }, File)).Paths[0].Info;

    private static long InfoStart => new Wire().Number(0).Number(1).Position;

    private static long NarStart => InfoStart + Size(Info);

    [Theory]
    [InlineData("NARIO3\0\0")]
    [InlineData("NARIO\0\0\0")]
    [InlineData("nario2\0\0")]
    [InlineData("NARIO2\0\x01")]
    [InlineData("PK\x03\x04\x14\0\0\0")]
    [InlineData("/nix/store/")]
    public void W01_Other_magics(string magic)
    {
        Verdict verdict = Check.RejectedNario(
            new Wire().Raw(System.Text.Encoding.Latin1.GetBytes(magic)).Number(0), 0, "");
        Assert.Equal("a nario", verdict.Expected);
        Assert.False(verdict.IsTruncated);
    }

    [Fact]
    public void W01_Magic_and_end_marker() => Check.AcceptedNario(Begin().Number(0).ToArray());

    [Fact]
    public void W02_Lengths_that_no_base_name_has()
    {
        foreach (string text in (string[])["", new string('a', 33), new string('a', 245), new string('a', 4096)])
        {
            Check.RejectedNario(Begin().Number(1).Text(text), InfoStart, "nario_v2/path_info/path/length");
            long references = InfoStart + Size(Name) + Size("") + Size(Info.NarHash!) + 8;
            Check.RejectedNario(
                Begin().Number(1).Text(Name, "", Info.NarHash!).Number(1).Text(text),
                references,
                "nario_v2/path_info/references/items/length");
        }

        Check.AcceptedNario(
            Nario(Info with { Path = new string('a', 34), Deriver = new string('b', 244) }).Number(0).ToArray());
        Check.RejectedNario(
            Begin().Number(1).Text(Name, new string('b', 245)),
            InfoStart + Size(Name),
            "nario_v2/path_info/deriver/length");
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(8UL)]
    [InlineData(24UL)]
    [InlineData(64UL)]
    public void W03_Stated_size_too_small(ulong size)
    {
        Verdict verdict = NarioModes.Read(Nario(Info with { NarSize = size }).Number(0).ToArray());
        Assert.False(verdict.IsAccepted);
        Assert.Equal("the end of the stated size", verdict.Found);
        Assert.InRange(verdict.Offset, NarStart, NarStart + (long)size);
    }

    [Fact]
    public void W03_Contents_longer_than_the_stated_size()
    {
        Wire beginning = new Wire().Text("nix-archive-1", "(", "type", "regular", "contents").Number(0);
        long contents = NarStart + beginning.Position;
        Verdict verdict = NarioModes.Read(
            Nario(Info with { NarSize = (ulong)(contents - NarStart + 7) }).Number(0).ToArray());
        Assert.Equal((contents, "nar/regular/contents"), (verdict.Offset, verdict.SpecPath));
        Assert.Equal(("at most 7 bytes", "8"), (verdict.Expected, verdict.Found));
    }

    [Theory]
    [InlineData(8UL)]
    [InlineData(1UL << 32)]
    [InlineData((1UL << 63) - 4096)]
    public void W03_Stated_size_too_large(ulong more)
    {
        long end = NarStart + (long)Info.NarSize!.Value;
        byte[] bytes = Nario(Info with { NarSize = Info.NarSize + more }).Number(0).ToArray();
        Verdict verdict = NarioModes.Read(bytes);
        Assert.Equal((end, "nario_v2/entry_body/nar"), (verdict.Offset, verdict.SpecPath));
        Assert.False(verdict.IsTruncated);
        Verdict listed = NarioModes.Skip(bytes);
        Assert.True(listed.IsTruncated);
        Assert.Equal(bytes.Length, listed.Offset);
    }

    [Theory]
    [InlineData((1UL << 63) - 1)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void W03_Stated_size_beyond_all_files(ulong size)
    {
        Verdict verdict = Check.RejectedNario(Nario(Info with { NarSize = size }), NarStart, "nario_v2/entry_body/nar");
        Assert.Equal(size.ToString(System.Globalization.CultureInfo.InvariantCulture), verdict.Found);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(43, false)]
    [InlineData(44, true)]
    [InlineData(71, true)]
    [InlineData(72, false)]
    public void W04_Length_of_the_hash(int length, bool isAccepted)
    {
        Wire nario = Nario(Info with { NarHash = new string('0', length) }).Number(0);
        if (isAccepted)
        {
            Check.AcceptedNario(nario.ToArray());
        }
        else
        {
            Check.RejectedNario(nario, InfoStart + Size(Name) + Size(""), "nario_v2/path_info/nar_hash/length");
        }
    }

    [Theory]
    [InlineData(2UL)]
    [InlineData(1UL << 32)]
    [InlineData(ulong.MaxValue)]
    public void W05_Ultimate_is_0_or_1(ulong value)
    {
        Check.AcceptedNario(Nario(Info with { IsUltimate = true }).Number(0).ToArray());
        byte[] nario = Nario(Info).Number(0).ToArray();
        long field = NarStart - Size("") - 16;
        BitConverter.TryWriteBytes(nario.AsSpan((int)field), value);
        Check.RejectedNario(new Wire().Raw(nario), field, "nario_v2/path_info/ultimate");
    }

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void W06_Registration_time(ulong value)
    {
        Check.AcceptedNario(Nario(Info with { RegistrationTime = long.MaxValue }).Number(0).ToArray());
        byte[] nario = Nario(Info).Number(0).ToArray();
        long field = NarStart - Size("") - 32;
        BitConverter.TryWriteBytes(nario.AsSpan((int)field), value);
        Check.RejectedNario(new Wire().Raw(nario), field, "nario_v2/path_info/registration_time");
    }

    [Theory]
    [InlineData(1_000_001UL)]
    [InlineData(1UL << 60)]
    [InlineData(ulong.MaxValue)]
    public void V14_W07_Too_many_signatures_or_references(ulong count)
    {
        Wire references = Begin().Number(1).Text(Name, "", Info.NarHash!);
        Check.RejectedNario(Copy(references).Number(count), references.Position, "nario_v2/path_info/references/count");
        Wire signatures = references.Number(0).Number(0).Number(0).Number(0);
        Check.RejectedNario(Copy(signatures).Number(count), signatures.Position, "nario_v2/path_info/signatures/count");
    }

    [Fact]
    public void W07_A_thousand_signatures_are_enough()
    {
        string[] signatures = [.. Enumerable.Range(0, 1000).Select(number => $"key-{number}:c2lnbmF0dXJl")];
        byte[] bytes = Nario(Info with { Signatures = signatures }).Number(0).ToArray();
        Check.AcceptedNario(bytes);
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        Assert.True(reader.Read());
        Assert.Equal(signatures, reader.Info!.Signatures);
        Wire more = Begin().Number(1).Text(Name, "", Info.NarHash!).Number(0).Number(0).Number(0).Number(0);
        Check.RejectedNario(Copy(more).Number(1001), more.Position, "nario_v2/path_info/signatures/count");
    }

    [Fact]
    public void V14_An_info_that_is_too_large_is_refused()
    {
        const long Largest = 64 << 20;
        const ulong MostReferences = 1_000_000;
        byte[] first = Begin().Number(1).Text(Name, "", Info.NarHash!).Number(MostReferences).ToArray();
        byte[] reference = new Wire().Text(new string('r', 244)).ToArray();
        using NarioReader reader = NarioReader.Open(new RepeatingStream(first, reference, (long)MostReferences));
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => reader.Read());
        Assert.Equal("nario_v2/path_info", error.SpecPath);
        Assert.InRange(error.Offset, Largest, Largest + reference.Length + InfoStart);
        Assert.Throws<InvalidOperationException>(() => reader.Read());
        Assert.Throws<InvalidOperationException>(reader.ReadInfo);
    }

    [Theory]
    [InlineData(2, "diff")]
    [InlineData(3, "present")]
    [InlineData(4, "compressed")]
    public void W09_Known_extensions_are_not_supported(ulong tag, string name)
    {
        foreach (Wire before in (Wire[])[Begin(), Nario(Info)])
        {
            Verdict verdict = Check.RejectedNario(Copy(before).Number(tag), before.Position, "nario_v2/entry/tag");
            Assert.True(verdict.IsUnsupported);
            Assert.Contains(name, verdict.Found, StringComparison.OrdinalIgnoreCase);
        }

        using NarioReader reader = NarioReader.Open(new MemoryStream(Begin().Number(tag).ToArray()));
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => reader.Read());
        Assert.StartsWith($"unsupported nario extension {tag}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5UL)]
    [InlineData(255UL)]
    [InlineData(1UL << 63)]
    public void W09_Unknown_tags_are_wrong(ulong tag)
    {
        foreach (Wire before in (Wire[])[Begin(), Nario(Info)])
        {
            Verdict verdict = Check.RejectedNario(Copy(before).Number(tag), before.Position, "nario_v2/entry/tag");
            Assert.False(verdict.IsUnsupported);
            Assert.Equal(tag.ToString(System.Globalization.CultureInfo.InvariantCulture), verdict.Found);
        }
    }

    [Fact]
    public void W10_A_list_does_not_look_into_NARs()
    {
        byte[] bytes = Nario(Info).Number(0).ToArray();
        bytes[NarStart] ^= 0xff;
        Assert.Equal(new Verdict(true, bytes.Length), NarioModes.Skip(bytes));
        Verdict verdict = NarioModes.Read(bytes);
        Assert.Equal((NarStart, "nar/magic"), (verdict.Offset, verdict.SpecPath));
    }

    [Fact]
    public void V04_No_end_marker()
    {
        Wire wire = Nario(Info);
        Assert.True(Check.RejectedNario(wire, wire.Position, "nario_v2/entry/tag").IsTruncated);
    }

    [Fact]
    public void V05_Bytes_after_the_end_are_left()
    {
        byte[] nario = Nario(Info).Number(0).ToArray();
        Assert.Equal(new Verdict(true, nario.Length), NarioModes.Read([.. nario, .. nario]));
        Assert.Equal(new Verdict(true, nario.Length), NarioModes.Skip([.. nario, 0xff]));
    }

    private static long Size(string text) => new Wire().Text(text).Position;

    private static long Size(NarioPathInfo info)
    {
        Wire wire = new();
        SampleNario.WriteInfo2(wire, info);
        return wire.Position;
    }

    private static Wire Begin() => new Wire().Raw("NARIO2\0\0"u8);

    private static Wire Copy(Wire wire) => new Wire().Raw(wire.ToArray());

    private static Wire Nario(NarioPathInfo info)
    {
        Wire wire = Begin().Number(1);
        SampleNario.WriteInfo2(wire, info);
        return wire.NarOf(File);
    }
}
