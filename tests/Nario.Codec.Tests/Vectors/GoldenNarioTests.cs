using System.Security.Cryptography;
using System.Text.Json;
using Nario.Codec.Tests.Framing;
using Nario.Codec.Tests.Properties;
using Nario.Codec.Tests.Streams;
using Nario.Testing;

namespace Nario.Codec.Tests.Vectors;

/// <summary>Narios that a real <c>nix nario</c> wrote, against what it lists of them.</summary>
public sealed class GoldenNarioTests
{
    /// <summary>Its NAR is not as long as its info says, since the exporting store did not know.</summary>
    private const string UnknownSize = "22-unknown-hash-size.v2";

    private const string StorePrefix = "/nix/store/";

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(TestFiles.Golden(), "*.nario")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != UnknownSize)
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void All_cases_are_here() => Assert.Equal(29, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Paths_and_sizes_are_those_of_the_list(string name)
    {
        IEnumerable<string> lines =
            ReadAll(Bytes(name)).Select(path => $"{StorePrefix}{path.Info.Path}: {path.Size} bytes");
        Assert.Equal(File.ReadAllLines(TestFiles.Golden($"{name}.list.txt")), lines);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Infos_are_those_of_the_list(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestFiles.Golden($"{name}.list.json")));
        Dictionary<string, JsonElement> listed =
            document.RootElement.GetProperty("paths")
                .EnumerateObject()
                .ToDictionary(path => path.Name, path => path.Value);
        List<(NarioPathInfo Info, long Size, byte[] Hash)> paths = ReadAll(Bytes(name));
        Assert.Equal(listed.Keys.ToHashSet(), paths.Select(path => StorePrefix + path.Info.Path).ToHashSet());
        foreach ((NarioPathInfo info, long size, byte[] hash) in paths)
        {
            JsonElement expected = listed[StorePrefix + info.Path];
            Assert.Equal(expected.GetProperty("narHash").GetString(), $"sha256-{Convert.ToBase64String(hash)}");
            Assert.Equal(expected.GetProperty("narSize").GetInt64(), size);
            Assert.Equal(
                expected.GetProperty("deriver").GetString(), info.Deriver is null ? null : StorePrefix + info.Deriver);
            Assert.Equal(expected.GetProperty("ca").GetString(), info.ContentAddress);
            Assert.Equal(expected.GetProperty("ultimate").GetBoolean(), info.IsUltimate);
            JsonElement time = expected.GetProperty("registrationTime");
            Assert.Equal(time.ValueKind == JsonValueKind.Null ? 0 : time.GetInt64(), info.RegistrationTime);
            Assert.Equal(Strings(expected, "references"), info.References.Select(reference => StorePrefix + reference));
            Assert.Equal(Strings(expected, "signatures"), info.Signatures);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mode_accepts(string name)
    {
        byte[] bytes = Bytes(name);
        Check.AcceptedNario(bytes);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Written_again_it_is_the_same(string name)
    {
        byte[] bytes = Bytes(name);
        Assert.Equal(bytes, RoundTripTests.Rewrite(bytes));
    }

    [Fact]
    public void A_NAR_of_unknown_size_is_refused_when_it_is_read()
    {
        byte[] bytes = Bytes(UnknownSize);
        Verdict read = NarioModes.Read(bytes);
        Assert.False(read.IsAccepted);
        Assert.Equal(("nar/magic", "the end of the stated size"), (read.SpecPath, read.Found));
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        Assert.True(reader.Read());
        Assert.Equal(0UL, reader.Info!.NarSize);
        Verdict listed = NarioModes.Skip(bytes);
        Assert.Equal("nario_v2/entry/tag", listed.SpecPath);
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(TestFiles.Golden($"{name}.nario"));

    private static IEnumerable<string?> Strings(JsonElement info, string name) =>
        info.GetProperty(name).EnumerateArray().Select(item => item.GetString());

    private static List<(NarioPathInfo Info, long Size, byte[] Hash)> ReadAll(byte[] bytes)
    {
        List<(NarioPathInfo, long, byte[])> paths = [];
        using NarioReader reader = NarioReader.Open(new ForwardStream(bytes, 1000));
        while (reader.Read())
        {
            RecordingConsumer consumer = new();
            reader.Nar.Attach(consumer);
            NarioPathInfo info = reader.ReadInfo();
            while (reader.Nar.Read())
            {
            }

            byte[] nar = consumer.ToArray();
            byte[] hash = SHA256.HashData(nar);
            if (reader.Version.HasInfoFirst)
            {
                Assert.Equal((ulong)nar.Length, info.NarSize);
                Assert.Equal(Convert.ToHexStringLower(hash), info.NarHash);
            }

            paths.Add((info, nar.Length, hash));
        }

        return paths;
    }
}
