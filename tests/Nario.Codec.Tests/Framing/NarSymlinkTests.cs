using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>Targets of symbolic links.</summary>
public sealed class NarSymlinkTests
{
    [Fact]
    public void L01_Empty_target()
    {
        (byte[] nar, long start, long field) = Link([]);
        Check.View(nar, start, ViewKind.Symlink, Check.Rejected(nar, field, "nar/node/symlink/length"));
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0x66, 0, 0x67 })]
    [InlineData(new byte[] { 0x66, 0x66, 0 })]
    public void L02_Zero_byte(byte[] target)
    {
        (byte[] nar, long start, long field) = Link(target);
        Check.View(nar, start, ViewKind.Symlink, Check.Rejected(nar, field + 8, "nar/node/symlink/target"));
    }

    [Fact]
    public void L03_4095_bytes_are_enough()
    {
        Check.Accepted(Link(new byte[4095].Select(_ => (byte)'t').ToArray()).Nar);
        (byte[] nar, long start, long field) = Link(new byte[4096].Select(_ => (byte)'t').ToArray());
        Verdict verdict = Check.Rejected(nar, field, "nar/node/symlink/length");
        Assert.Equal("4096", verdict.Found);
        Check.View(nar, start, ViewKind.Symlink, verdict);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../../..")]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("\xff\n\x1b")]
    public void L04_L06_Any_other_target_is_kept(string target)
    {
        (byte[] nar, _, _) = Link(System.Text.Encoding.Latin1.GetBytes(target));
        Check.Accepted(nar);
        NarCursor cursor = new(new MemoryStream(nar));
        Assert.True(cursor.Read());
        Assert.Equal(NarToken.Symlink, cursor.Token);
        Assert.Equal(target, System.Text.Encoding.Latin1.GetString(cursor.Target));
        Assert.False(cursor.Read());
    }

    private static (byte[] Nar, long Start, long Field) Link(byte[] target)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "symlink");
        long start = wire.Position;
        long field = wire.Text("target").Position;
        return (wire.Bytes(target).Text(")").ToArray(), start, field);
    }
}
