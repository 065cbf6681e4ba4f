using Nario.Fuzz.Seeds;
using Nario.Store;
using Nario.Store.Hashes;

namespace Nario.Fuzz.Text;

/// <summary>Hashes in all spellings.</summary>
internal sealed class HashHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "hash";

    /// <inheritdoc/>
    public override string Description => "reads a hash in any spelling, with and without a known algorithm: all spellings agree";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples)
    {
        foreach (NixHash hash in samples.Hashes)
        {
            yield return hash.ToString();
            yield return hash.ToSri();
            yield return hash.ToBase16();
            yield return hash.ToNix32();
            yield return $"{hash.Algorithm.GetName()}:{hash.ToBase16()}";
        }
    }

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        NixHash? named = Find(text, null);
        foreach (HashAlgorithmKind algorithm in Enum.GetValues<HashAlgorithmKind>())
        {
            if (Find(text, algorithm) is { } expected)
            {
                FindingException.Unless(expected.Algorithm == algorithm, "a hash of another algorithm is let through");
                FindingException.Unless(named is null || named == expected, "a hash depends on what is expected");
                Compare(expected);
            }
        }

        if (named is not null)
        {
            Compare(named);
        }

        NixHash.ParseAny(text);
    }

    private static NixHash? Find(string text, HashAlgorithmKind? expected)
    {
        try
        {
            return NixHash.ParseAny(text, expected);
        }
        catch (StoreException error)
        {
            Verdicts.Refusal.Check(error);
            return null;
        }
    }

    private static void Compare(NixHash hash)
    {
        string[] spellings =
        [
            hash.ToString(),
            hash.ToSri(),
            $"{hash.Algorithm.GetName()}:{hash.ToBase16()}",
        ];
        foreach (string spelling in spellings)
        {
            NixHash again = NixHash.ParseAny(spelling);
            FindingException.Unless(
                again == hash && again.GetHashCode() == hash.GetHashCode(), $"the spelling '{spelling}' is read differently");
        }

        FindingException.Unless(
            NixHash.ParseAny(hash.ToBase16(), hash.Algorithm) == hash && NixHash.ParseAny(hash.ToNix32(), hash.Algorithm) == hash,
            "the digits of a hash are read differently");
    }
}
