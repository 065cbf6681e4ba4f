using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>What stands around the NARs of version 1.</summary>
public sealed class Version1Tests
{
    private const string Name = "0123456789abcdfghijklmnpqrsvwxyz-name";

    private const string FullPath = "/nix/store/" + Name;

    private static readonly Node File = new FileNode("contents"u8.ToArray());

    public static TheoryData<ulong> OddLengths =>
        [4097, 1UL << 31, 1UL << 32, 1UL << 62, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue];

    [Fact]
    public void V01_Empty_input()
    {
        Verdict verdict = NarioModes.Read([]);
        Assert.True(verdict.IsTruncated);
        Assert.Equal(0, verdict.Offset);
    }

    [Fact]
    public void V02_End_marker_only() => Check.AcceptedNario(new Wire().Number(0).ToArray());

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(1UL << 32)]
    [InlineData(0x4558494e)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void V03_Other_markers(ulong marker)
    {
        Verdict first = Check.RejectedNario(new Wire().Number(marker).NarOf(File), 0, "");
        Assert.Equal("a nario", first.Expected);
        Wire second = Entry();
        Verdict verdict = Check.RejectedNario(Copy(second).Number(marker), second.Position, "nario_v1/entry/tag");
        Assert.Equal(marker.ToString(System.Globalization.CultureInfo.InvariantCulture), verdict.Found);
        Assert.False(verdict.IsUnsupported);
    }

    [Fact]
    public void V04_No_end_marker()
    {
        Wire wire = Entry();
        Verdict verdict = Check.RejectedNario(wire, wire.Position, "nario_v1/entry/tag");
        Assert.True(verdict.IsTruncated);
    }

    [Fact]
    public void V05_V06_Bytes_after_the_end_are_left()
    {
        byte[] nario = Entry().Number(0).ToArray();
        foreach (byte[] tail in (byte[][])[[1], [0xff, 0xff], nario])
        {
            byte[] both = [.. nario, .. tail];
            Assert.Equal(new Verdict(true, nario.Length), NarioModes.Read(both));
            Assert.Equal(new Verdict(true, nario.Length), NarioModes.Skip(both));
        }
    }

    [Fact]
    public void V05_Nothing_is_waited_for_after_the_end()
    {
        byte[] nario = Entry().Number(0).ToArray();
        using NarioReader reader = NarioReader.Open(new ForwardStream(nario, 9) { StaysOpen = true });
        Assert.True(reader.Read());
        Assert.False(reader.Read());
        Assert.False(reader.Read());
        Assert.Equal(nario.Length, reader.Offset);
    }

    [Theory]
    [InlineData(0x4558494fUL)]
    [InlineData(0UL)]
    [InlineData(0x1_4558494eUL)]
    [InlineData(0x4558494e_00000000UL)]
    public void V07_Other_magic_after_a_NAR(ulong magic)
    {
        Wire wire = new Wire().Number(1).NarOf(File);
        Check.RejectedNario(Copy(wire).Number(magic).Text(FullPath), wire.Position, "nario_v1/path_info/magic");
    }

    [Fact]
    public void V08_A_legacy_signature_is_read_past() =>
        Check.AcceptedNario(Info(FullPath, [], "").Number(1).Text("a signature").Number(0).ToArray());

    [Theory]
    [InlineData(2UL)]
    [InlineData(1UL << 32)]
    [InlineData(ulong.MaxValue)]
    public void V08_Other_signature_markers(ulong marker)
    {
        Wire wire = Info(FullPath, [], "");
        Check.RejectedNario(Copy(wire).Number(marker).Number(0), wire.Position, "nario_v1/path_info/signature/tag");
    }

    [Theory]
    [InlineData("/gnu/store/" + Name)]
    [InlineData("nix/store/" + Name)]
    [InlineData("/nix/storeX" + Name)]
    [InlineData("//nix/store/" + Name)]
    [InlineData(Name)]
    [InlineData("/")]
    public void V10_Path_outside_the_store_directory(string path)
    {
        long field = new Wire().Number(1).NarOf(File).Number(0).Position;
        Verdict verdict = Check.RejectedNario(Info(path, [], "").Number(0).Number(0), field, "nario_v1/path_info/path");
        Assert.Contains("/nix/store", verdict.Expected, StringComparison.Ordinal);
        Assert.Contains(path, verdict.Found, StringComparison.Ordinal);
        long references = new Wire().Number(1).NarOf(File).Number(0).Text(FullPath).Number(0).Text(FullPath).Position;
        Check.RejectedNario(
            Info(FullPath, [FullPath, path], "").Number(0).Number(0), references, "nario_v1/path_info/references/items");
        Check.RejectedNario(
            Info(FullPath, [], path).Number(0).Number(0), references - Size(FullPath), "nario_v1/path_info/deriver");
    }

    [Fact]
    public void V10_Another_store_directory_can_be_asked_for()
    {
        byte[] bytes = Info(
            "/gnu/store/" + Name, ["/gnu/store/" + Name], "/gnu/store/" + Name).Number(0).Number(0).ToArray();
        using NarioReader reader = NarioReader.Open(
            new MemoryStream(bytes), new NarioOptions { StoreDirectory = "/gnu/store" });
        Assert.True(reader.Read());
        Assert.Equal(new NarioPathInfo { Path = Name, Deriver = Name, References = [Name] }, reader.ReadInfo());
    }

    [Fact]
    public void V10_A_reader_that_refused_a_path_reads_nothing_further()
    {
        byte[] bytes = Info("/gnu/store/" + Name, [], "").Number(0).Number(0).ToArray();
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        Assert.True(reader.Read());
        Assert.Throws<NarioFormatException>(reader.ReadInfo);
        Assert.Throws<InvalidOperationException>(reader.ReadInfo);
        Assert.Throws<InvalidOperationException>(() => reader.Read());
    }

    [Theory]
    [InlineData(1_000_001UL)]
    [InlineData(1UL << 32)]
    [InlineData(1UL << 62)]
    [InlineData(ulong.MaxValue)]
    public void V14_Too_many_references(ulong count)
    {
        Wire wire = new Wire().Number(1).NarOf(File).Raw("NIXE\0\0\0\0"u8).Text(FullPath);
        Verdict verdict = Check.RejectedNario(Copy(wire).Number(count), wire.Position, "nario_v1/path_info/references/count");
        Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), verdict.Found);
    }

    [Theory]
    [MemberData(nameof(OddLengths))]
    public void V15_Path_too_long(ulong length)
    {
        Wire wire = new Wire().Number(1).NarOf(File).Raw("NIXE\0\0\0\0"u8);
        Check.RejectedNario(Copy(wire).Number(length), wire.Position, "nario_v1/path_info/path/length");
        Wire reference = Copy(wire).Text(FullPath).Number(1);
        Check.RejectedNario(Copy(reference).Number(length), reference.Position, "nario_v1/path_info/references/items/length");
        Wire deriver = Copy(wire).Text(FullPath).Number(0);
        Check.RejectedNario(Copy(deriver).Number(length), deriver.Position, "nario_v1/path_info/deriver/length");
    }

    [Fact]
    public void V15_Empty_path()
    {
        Wire wire = new Wire().Number(1).NarOf(File).Raw("NIXE\0\0\0\0"u8);
        Check.RejectedNario(Copy(wire).Text(""), wire.Position, "nario_v1/path_info/path/length");
    }

    [Fact]
    public void V16_V17_V20_References_and_derivers_of_any_kind()
    {
        const string Other = "/nix/store/00000000000000000000000000000000-other";
        byte[] bytes = Info(FullPath, [FullPath, Other, Other, FullPath], Other).Number(0).Number(0).ToArray();
        Check.AcceptedNario(bytes);
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        Assert.True(reader.Read());
        Assert.Null(reader.Info);
        Assert.Equal([Name, Other[11..], Other[11..], Name], reader.ReadInfo().References);
    }

    [Fact]
    public void V19_The_same_path_twice_is_for_the_caller_to_judge() =>
        Check.AcceptedNario([.. Entry().ToArray(), .. Entry().Number(0).ToArray()]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void N07_Padding_of_a_path_that_is_not_zero(int position)
    {
        const string Padded = FullPath + "x";
        Wire wire = new Wire().Number(1).NarOf(File).Raw("NIXE\0\0\0\0"u8);
        long end = wire.Position + 8 + Padded.Length;
        byte[] bytes = wire.Text(Padded).List([]).Text("").Number(0).Number(0).ToArray();
        Check.AcceptedNario(bytes);
        bytes[end + position - 1] = 7;
        Check.RejectedNario(new Wire().Raw(bytes), end + position - 1, "nario_v1/path_info/path/padding");
    }

    [Fact]
    public void N07_A_NAR_inside_is_checked_like_any_other()
    {
        Wire wire = new Wire().Number(1).Text("nix-archive-1", "(", "type", "regular", "contents");
        long padding = wire.Position + 9;
        Check.RejectedNario(
            wire.Bytes("a"u8, filler: 1).Text(")").Raw("NIXE\0\0\0\0"u8), padding, "nar/regular/padding");
    }

    private static int Size(string text) => (int)new Wire().Text(text).Position;

    private static Wire Copy(Wire wire) => new Wire().Raw(wire.ToArray());

    private static Wire Entry() => Info(FullPath, [], "").Number(0);

    private static Wire Info(string path, IReadOnlyCollection<string> references, string deriver) =>
        new Wire().Number(1).NarOf(File).Raw("NIXE\0\0\0\0"u8).Text(path).List(references).Text(deriver);
}
