using Nario.Codec;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>A NAR with a fault, which becomes a nario of either version.</summary>
/// <param name="Id">Its number in the checklist.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Nar">Its bytes.</param>
/// <param name="At">Where the fault is.</param>
/// <param name="SpecPath">What the specification says there.</param>
internal sealed record NarFault(string Id, string Title, byte[] Nar, long At, string SpecPath)
{
    /// <summary>Gets what is expected there, and what is found; null when the NAR ends too early.</summary>
    private (string Expected, string Found)? Words { get; init; }

    private byte[]? Constant { get; init; }

    /// <summary>Makes a NAR of tokens after the magic; <c>|</c> stands before the field that is wrong, and <c>|8</c>
    /// where the wrong bytes follow the length of the field.</summary>
    internal static NarFault OfTokens(string id, string title, string specPath, params string[] tokens)
    {
        Wire wire = new Wire().Text(NarioBuilder.NarMagic);
        long at = 0;
        foreach (string token in tokens)
        {
            if (token is "|" or "|8")
            {
                at = wire.Position + (token == "|" ? 0 : sizeof(ulong));
            }
            else
            {
                wire.Text(token);
            }
        }

        return new NarFault(id, title, wire.ToArray(), at, specPath);
    }

    /// <summary>Says what is expected and found.</summary>
    internal NarFault Expects(string expected, string found) => this with { Words = (expected, found) };

    /// <summary>Says which tokens are expected.</summary>
    internal NarFault ExpectsTokens(params string[] tokens) =>
        this with { Constant = new Wire().Text(tokens).ToArray() };

    /// <summary>Gets the two narios.</summary>
    internal IEnumerable<ChecklistCase> ToCases()
    {
        bool isTruncated = Words is null && Constant is null;
        string first = isTruncated
            ? NarioBuilder.Truncated(NarioBuilder.NarStart1 + At, SpecPath)
            : Describe(NarioBuilder.NarStart1);
        byte[] nario1 = isTruncated ? [.. new Wire().Number(1).Raw(Nar).ToArray()] : NarioBuilder.Nario1(NarioBuilder.Entry1(Nar));
        yield return new ChecklistCase(Id, $"{Title}, version 1", nario1) { Framing = first }
            .RefusedBy(NarioBuilder.OfEntry(first));

        NarioPathInfo info = NarioBuilder.Info2(Nar);
        byte[] nario2 = NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, info));
        string second = Describe(NarioBuilder.NarStart2(info));
        yield return new ChecklistCase(Id, $"{Title}, version 2", nario2) { Framing = second }
            .RefusedByReaders(NarioBuilder.OfPath(second));
    }

    private string Describe(long start)
    {
        long offset = start + At;
        return Constant is not null ? NarioBuilder.WrongConstant(Nar, At, Constant, offset, SpecPath)
            : Words is var (expected, found) ? NarioBuilder.Wrong(expected, found, offset, SpecPath)
            : NarioBuilder.Wrong("more bytes", "the end of the stated size", offset, SpecPath);
    }
}
