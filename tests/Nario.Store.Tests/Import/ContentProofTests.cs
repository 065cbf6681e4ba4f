using System.Text;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Import;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Store.Tests.Import;

public sealed class ContentProofTests
{
    private static readonly StorePath Self = TestStorePath.Named("self");

    private static readonly byte[] Text = Encoding.ASCII.GetBytes($"one {Self.HashPart}, two {Self.HashPart}");

    [Fact]
    public void A_nar_proves_its_hash()
    {
        NixHash hash = TestHash.Sha256(TestNar.Write(SampleTree.Write));

        Assert.Equal(ContentProofResult.Proven, Prove(ContentAddressMethod.Nar, hash, SampleTree.Write));
        Assert.Equal(
            ContentProofResult.Wrong, Prove(ContentAddressMethod.Nar, TestHash.Sha256([1]), SampleTree.Write));
    }

    [Theory]
    [InlineData(ContentAddressMethod.Flat)]
    [InlineData(ContentAddressMethod.Text)]
    public void Only_a_file_that_is_not_executable_proves_its_contents(ContentAddressMethod method)
    {
        NixHash hash = TestHash.Sha256(Text);

        Assert.Equal(ContentProofResult.Proven, Prove(method, hash, sink => SampleTree.WriteFile(sink, false, Text)));
        Assert.Equal(
            ContentProofResult.Wrong, Prove(method, TestHash.Sha256([1]), sink => SampleTree.WriteFile(sink, false, Text)));
        Assert.Equal(ContentProofResult.Executable, Prove(method, hash, sink => SampleTree.WriteFile(sink, true, Text)));
        Assert.Equal(
            ContentProofResult.Wrong, Prove(method, TestHash.Sha256([1]), sink => SampleTree.WriteFile(sink, true, Text)));
        Assert.Equal(ContentProofResult.NotAFile, Prove(method, hash, WriteFolder));
    }

    [Fact]
    public void References_to_itself_count_with_their_positions()
    {
        NixHash proven = HashModuloOf(withPositions: true);
        NixHash weak = HashModuloOf(withPositions: false);
        Assert.NotEqual(proven, weak);

        Assert.Equal(ContentProofResult.Proven, Prove(ContentAddressMethod.Nar, proven, WriteText, Self));
        Assert.Equal(ContentProofResult.Weak, Prove(ContentAddressMethod.Nar, weak, WriteText, Self));
        Assert.Equal(
            ContentProofResult.Wrong,
            Prove(ContentAddressMethod.Nar, TestHash.Sha256(TestNar.Write(WriteText)), WriteText, Self));
        Assert.Equal(ContentProofResult.Wrong, Prove(ContentAddressMethod.Nar, proven, WriteText));
    }

    private static void WriteText(INarSink sink) => SampleTree.WriteFile(sink, false, Text);

    private static void WriteFolder(INarSink sink)
    {
        sink.BeginDirectory();
        SampleTree.WriteFile(sink, "file"u8, false, Text);
        sink.EndDirectory();
    }

    private static NixHash HashModuloOf(bool withPositions)
    {
        using HashModulo hash = new(HashAlgorithmKind.Sha256, Self, withPositions);
        hash.Append(TestNar.Write(WriteText));
        return hash.Finish();
    }

    private static ContentProofResult Prove(
        ContentAddressMethod method, NixHash hash, Action<INarSink> tell, params StorePath[] references)
    {
        ValidPathInfo info = TemporaryStore.MakeInfo(Self, references) with { ContentAddress = new(method, hash) };
        using ContentProof proof = new(info);
        proof.Consume(TestNar.Write(tell));
        tell(proof);
        ContentProofResult result = proof.Finish(out NixHash found);
        Assert.True(result != ContentProofResult.Proven || found == hash);
        return result;
    }
}
