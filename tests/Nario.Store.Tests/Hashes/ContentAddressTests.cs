using System.Text.Json;
using FsCheck.Xunit;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Store.Tests.Hashes;

public class ContentAddressTests
{
    private const string Digits = "1lr187v6dck1rjh2j6svpikcfz53wyl3qrlcbb405zlh13x0khhh";

    private static readonly ContentAddress NarSha256 = ContentAddress.Parse($"fixed:r:sha256:{Digits}");

    public static TheoryData<string> GoldenCases => [.. GoldenNario.Cases];

    [Theory]
    [InlineData($"text:sha256:{Digits}", ContentAddressMethod.Text)]
    [InlineData($"fixed:sha256:{Digits}", ContentAddressMethod.Flat)]
    [InlineData($"fixed:r:sha256:{Digits}", ContentAddressMethod.Nar)]
    [InlineData($"fixed:git:sha256:{Digits}", ContentAddressMethod.Git)]
    [InlineData($"fixed:r:blake3:{Digits}", ContentAddressMethod.Nar)]
    public void Reads_and_writes_each_method(string text, ContentAddressMethod method)
    {
        ContentAddress address = ContentAddress.Parse(text);
        Assert.Equal(method, address.Method);
        Assert.Equal(Digits, address.Hash.ToNix32());
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, ContentAddress.Parse($"{text[..^Digits.Length]}{address.Hash.ToBase16()}"));
        string base64 = Convert.ToBase64String(address.Hash.Bytes);
        Assert.Equal(address, ContentAddress.Parse($"{text[..^Digits.Length]}{base64}"));
    }

    [Theory]
    [InlineData("fixed", "not a content address because it is not in the form '<prefix>:<rest>': fixed")]
    [InlineData("", "not a content address because it is not in the form '<prefix>:<rest>': ")]
    [InlineData("fixed:r:sha256:000", "hash '000' has wrong length for hash algorithm 'sha256'")]
    [InlineData(
        "fixed:r:sha256-CkMIecJm+LV/QJKg+TXPP6zUi7zN5XYNR0jKQFFx6Wk=",
        "content address hash must be in form '<algo>:<hash>', but found: fixed:r:sha256-CkMIecJm+LV/QJKg+TXPP6zUi7zN5XYNR0jKQFFx6Wk=")]
    [InlineData(
        $"fixed:x:sha256:{Digits}", "unknown hash algorithm 'x', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData(
        "other:sha256:0", "content address 'other:sha256:0' has a prefix other than 'text' and 'fixed'")]
    [InlineData(
        "fixed:r:sha256:CkMIecJm+LV/QJKg+TXPP6zUi7zN5XYNR0jKQFFx6W==",
        "invalid base-64 hash 'CkMIecJm+LV/QJKg+TXPP6zUi7zN5XYNR0jKQFFx6W=='")]
    public void Refuses_what_is_not_a_content_address(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StoreException>(() => ContentAddress.Parse(text)).Message);

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void Computes_the_paths_that_Nix_gave(string name)
    {
        foreach (ValidPathInfo info in GoldenNario.ReadInfos(name).Where(info => info.ContentAddress is not null))
        {
            ContentAddress address = info.ContentAddress!;
            Assert.True(address.IsContentAddressed(StoreDirectory.Default, info.Path, info.References), info.Path.BaseName);
            StorePath[] others = [.. info.References.Where(reference => reference != info.Path).Reverse()];
            Assert.Equal(
                info.Path,
                address.ComputePath(
                    StoreDirectory.Default, info.Path.Name, others, others.Length != info.References.Count));
        }
    }

    [Fact]
    public void The_golden_cases_have_addresses_of_every_kind()
    {
        IEnumerable<string> kinds = GoldenNario.Cases
            .SelectMany(GoldenNario.ReadInfos)
            .Where(info => info.ContentAddress is not null)
            .Select(info => $"{info.ContentAddress!.Method} {info.ContentAddress.Hash.Algorithm} "
                + (info.References.Contains(info.Path) ? "self" : info.References.Count > 0 ? "references" : "alone"));
        Assert.Superset(
            new HashSet<string>
            {
                "Text Sha256 alone", "Text Sha256 references", "Flat Sha256 alone", "Flat Sha1 alone", "Flat Md5 alone",
                "Nar Sha256 alone", "Nar Sha256 self", "Nar Sha1 alone", "Nar Sha512 alone",
            },
            kinds.ToHashSet());
    }

    [Fact]
    public void The_path_depends_on_everything_that_is_hashed()
    {
        StorePath a = TestStorePath.Named("a");
        StorePath b = TestStorePath.Named("b");
        StorePath[] paths =
        [
            NarSha256.ComputePath(StoreDirectory.Default, "x", []),
            NarSha256.ComputePath(StoreDirectory.Default, "y", []),
            NarSha256.ComputePath(StoreDirectory.Default, "x", [], hasSelfReference: true),
            NarSha256.ComputePath(StoreDirectory.Default, "x", [a]),
            NarSha256.ComputePath(StoreDirectory.Default, "x", [a, b]),
            NarSha256.ComputePath(new StoreDirectory("/gnu/store"), "x", []),
            (NarSha256 with { Method = ContentAddressMethod.Text }).ComputePath(StoreDirectory.Default, "x", []),
            (NarSha256 with { Method = ContentAddressMethod.Flat }).ComputePath(StoreDirectory.Default, "x", []),
        ];
        Assert.Equal(paths.Length, paths.Distinct().Count());
        Assert.Equal(paths[4], NarSha256.ComputePath(StoreDirectory.Default, "x", [b, a, b]));
    }

    [Theory]
    [InlineData("fixed:sha256:" + Digits, true, false)]
    [InlineData("fixed:sha256:" + Digits, false, true)]
    [InlineData("fixed:r:sha1:00000000000000000000000000000000", true, false)]
    [InlineData("fixed:r:sha1:00000000000000000000000000000000", false, true)]
    [InlineData("text:sha256:" + Digits, false, true)]
    [InlineData("text:sha1:00000000000000000000000000000000", false, false)]
    public void Some_contents_cannot_have_references(string text, bool hasReference, bool hasSelfReference)
    {
        ContentAddress address = ContentAddress.Parse(text);
        StorePath path = TestStorePath.Named("x");
        StorePath[] references = hasReference ? [TestStorePath.Named("a")] : [];
        Assert.Throws<StoreException>(
            () => address.ComputePath(StoreDirectory.Default, "x", references, hasSelfReference));
        Assert.False(address.IsContentAddressed(
            StoreDirectory.Default, path, hasSelfReference ? [.. references, path] : references));
    }

    [Fact]
    public void Another_path_is_not_content_addressed()
    {
        StorePath path = NarSha256.ComputePath(StoreDirectory.Default, "x", []);
        Assert.True(NarSha256.IsContentAddressed(StoreDirectory.Default, path, []));
        Assert.False(NarSha256.IsContentAddressed(StoreDirectory.Default, path, [path]));
        Assert.False(NarSha256.IsContentAddressed(StoreDirectory.Default, path, [TestStorePath.Named("a")]));
        Assert.False(NarSha256.IsContentAddressed(new StoreDirectory("/gnu/store"), path, []));
        Assert.False(NarSha256.IsContentAddressed(StoreDirectory.Default, TestStorePath.Named("x"), []));
    }

    [Property]
    public bool Any_address_comes_back(int number, byte method)
    {
        ContentAddressMethod[] methods = Enum.GetValues<ContentAddressMethod>();
        return Enum.GetValues<HashAlgorithmKind>().All(algorithm =>
        {
            ContentAddress address = new(methods[method % methods.Length], TestHash.Any(algorithm, number));
            return ContentAddress.Parse(address.ToString()) == address;
        });
    }

    [Fact]
    public void Blake3_is_hashed_in_pieces()
    {
        // The first is of the paper's test vectors: bytes 0 to 250 again and again, 8,193 of them; the second of nothing.
        byte[] input = [.. Enumerable.Range(0, 8_193).Select(static index => (byte)(index % 251))];
        using StreamingHash hash = new(HashAlgorithmKind.Blake3);
        hash.Append(input.AsSpan(0, 1_025));
        hash.Append([]);
        hash.Append(input.AsSpan(1_025));
        Assert.Equal("bab6c09cb8ce8cf459261398d2e7aef35700bf488116ceb94a36d0f5f1b7bc3b", hash.Finish().ToBase16());
        Assert.Equal("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262", hash.Finish().ToBase16());
    }

    [SharedFact]
    public void Means_what_Nix_means()
    {
        string folder = Path.Combine(
            TestFiles.Shared!, "vectors", "upstream", "NixOS+nix", "src", "libstore-tests", "data", "path-info");
        JsonElement text = Read(Path.Combine(folder, "json-1", "impure.json")).GetProperty("ca");
        JsonElement parts = Read(Path.Combine(folder, "json-2", "impure.json")).GetProperty("ca");
        ContentAddress address = ContentAddress.Parse(text.GetString()!);
        Assert.Equal("nar", parts.GetProperty("method").GetString());
        Assert.Equal(ContentAddressMethod.Nar, address.Method);
        Assert.Equal(parts.GetProperty("hash").GetString(), address.Hash.ToSri());
    }

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
}
