using System.Buffers;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>Checks the verdict of every reader on some input.</summary>
internal static class Check
{
    /// <summary>Checks that a NAR is valid, also when more follows it.</summary>
    public static void Accepted(byte[] nar)
    {
        Verdict accepted = new(true, nar.Length);
        Assert.Equal(accepted, NarModes.Read(nar));
        Assert.Equal(accepted, NarModes.Read([.. nar, 0xff, 1, 2]));
    }

    /// <summary>Checks that a NAR is not valid, and where.</summary>
    public static Verdict Rejected(byte[] nar, long offset, string specPath)
    {
        Verdict verdict = NarModes.Read(nar);
        Assert.False(verdict.IsAccepted);
        Assert.Equal((offset, specPath), (verdict.Offset, verdict.SpecPath));
        Assert.False(verdict.IsTruncated);
        Assert.False(verdict.IsUnsupported);
        return verdict;
    }

    /// <summary>Checks that a NAR ends too early, and where.</summary>
    public static void Truncated(byte[] nar, long offset, string specPath)
    {
        Verdict verdict = NarModes.Read(nar);
        Assert.True(verdict.IsTruncated);
        Assert.Equal((offset, specPath), (verdict.Offset, verdict.SpecPath));
    }

    /// <summary>Checks that a view says of a part of a NAR what the readers say of the whole.</summary>
    public static void View(byte[] nar, long start, ViewKind kind, Verdict whole)
    {
        byte[] part = nar[(int)start..];
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => Read(part, kind));
        Assert.Equal(
            (whole.Offset - start, whole.Expected, whole.Found, whole.IsTruncated),
            (error.Offset, error.Expected, error.Found, error.IsTruncated));
        Assert.Equal(whole.SpecPath.Split('/')[^1], error.SpecPath.Split('/')[^1]);
        Assert.Equal(
            whole.IsTruncated ? OperationStatus.NeedMoreData : OperationStatus.InvalidData,
            TryRead(part, kind, out int consumed));
        Assert.Equal(0, consumed);
    }

    /// <summary>
    /// Checks that a nario of either version is not valid, and where, whether or not its NARs are looked at.
    /// </summary>
    public static Verdict RejectedNario(Wire nario, long offset, string specPath)
    {
        byte[] bytes = nario.ToArray();
        Verdict verdict = NarioModes.Read(bytes);
        Assert.False(verdict.IsAccepted);
        Assert.Equal((offset, specPath), (verdict.Offset, verdict.SpecPath));
        Assert.Equal(verdict, NarioModes.Skip(bytes));
        return verdict;
    }

    /// <summary>Checks that a nario is valid.</summary>
    public static void AcceptedNario(byte[] nario)
    {
        Verdict accepted = new(true, nario.Length);
        Assert.Equal(accepted, NarioModes.Read(nario));
        Assert.Equal(accepted, NarioModes.Skip(nario));
    }

    private static int Read(byte[] part, ViewKind kind)
    {
        int consumed = 0;
        switch (kind)
        {
            case ViewKind.NodeType:
                Nar.NodeType.Read(part, out consumed);
                break;
            case ViewKind.FileHeader:
                Nar.FileHeader.Read(part, out consumed);
                break;
            case ViewKind.EntryTag:
                Nar.EntryTag.Read(part, out consumed);
                break;
            case ViewKind.EntryHeader:
                Nar.EntryHeader.Read(part, out consumed);
                break;
            case ViewKind.Symlink:
                Nar.Symlink.Read(part, out consumed);
                break;
        }

        return consumed;
    }

    private static OperationStatus TryRead(byte[] part, ViewKind kind, out int consumed) =>
        kind switch
        {
            ViewKind.NodeType => Nar.NodeType.TryRead(part, out _, out consumed),
            ViewKind.FileHeader => Nar.FileHeader.TryRead(part, out _, out consumed),
            ViewKind.EntryTag => Nar.EntryTag.TryRead(part, out _, out consumed),
            ViewKind.EntryHeader => Nar.EntryHeader.TryRead(part, out _, out consumed),
            _ => Nar.Symlink.TryRead(part, out _, out consumed),
        };
}
