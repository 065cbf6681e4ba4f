using System.Security.Cryptography;
using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Store.Hashes;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Compares NARs and hashes with those of Nix.</summary>
public sealed class NarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> OddTrees => [.. TestNars.Odd.Keys];

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(OddTrees))]
    public void Reads_a_tree_as_Nix_does(string name)
    {
        string path = _folder.Join("tree");
        Nix.Restore(TestNars.Odd[name], path);

        byte[] nar = TestNars.Dump(path);

        Assert.Equal(TestNars.Odd[name], nar);
        Assert.Equal(Nix.Dump(path), nar);
    }

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(OddTrees))]
    public void Copies_a_NAR_bit_by_bit(string name)
    {
        byte[] nar = TestNars.Odd[name];
        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using Stream input = Engines.OpenInput(nar, kind);
            NarCursor cursor = new(input);
            Assert.Equal(nar, TestNar.Write(cursor.CopyTo));
            Assert.True(cursor.IsComplete);
            Assert.Equal(nar.Length, cursor.Offset);
        }
    }

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(OddTrees))]
    public void Hashes_a_tree_as_Nix_does(string name)
    {
        string path = _folder.Join("tree");
        Nix.Restore(TestNars.Odd[name], path);
        NixHash hash = TestHash.Sha256(TestNars.Dump(path));

        Assert.Equal(Nix.Hash(path, "--type", "sha256"), hash.ToBase16());
        Assert.Equal(Nix.Hash(path, "--type", "sha256", "--base32"), hash.ToNix32());
    }

    [RequiresFact(Needs.Nix)]
    public void Spells_hashes_as_Nix_does()
    {
        string file = _folder.Join("file");
        Random random = new(5);
        for (int size = 0; size < 40; size++)
        {
            byte[] contents = new byte[size * 7];
            random.NextBytes(contents);
            File.WriteAllBytes(file, contents);
            foreach ((HashAlgorithmKind algorithm, byte[] digest) in ((HashAlgorithmKind, byte[])[])
            [
                (HashAlgorithmKind.Sha256, SHA256.HashData(contents)),
                (HashAlgorithmKind.Sha512, SHA512.HashData(contents)),
            ])
            {
                NixHash hash = new(algorithm, digest);
                Assert.Equal(Nix.Hash(file, "--flat", "--type", algorithm.GetName(), "--base32"), hash.ToNix32());
                Assert.Equal(hash, NixHash.ParseAny(hash.ToString()));
            }
        }
    }
}
