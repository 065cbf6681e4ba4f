using Nario.Interop.Tests.Support;
using Nario.Store;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Takes files and folders as sources, as Nix does.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryStore _nix = new();

    public static TheoryData<string> OddTrees => [.. TestNars.Odd.Keys];

    public static TheoryData<UnixFileMode> Modes =>
    [
        UnixFileMode.None,
        UnixFileMode.UserRead | UnixFileMode.UserWrite,
        UnixFileMode.UserRead | UnixFileMode.UserExecute,
        UnixFileMode.UserRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute,
        UnixFileMode.UserRead | UnixFileMode.SetUser | UnixFileMode.UserExecute,
        UnixFileMode.UserRead | UnixFileMode.StickyBit | UnixFileMode.OtherWrite,
    ];

    public void Dispose()
    {
        _folder.Dispose();
        _nix.Dispose();
    }

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(OddTrees))]
    public void Gives_a_source_the_path_that_Nix_gives_it(string name)
    {
        Nix.Restore(TestNars.Odd[name], _folder.Join(name));

        AssertSamePath(_folder.Join(name));
    }

    [RequiresTheory(Needs.Nix | Needs.Root)]
    [MemberData(nameof(Modes))]
    public void Reads_permissions_as_Nix_does(UnixFileMode mode)
    {
        File.WriteAllText(_folder.Join("file"), "contents");
        File.SetUnixFileMode(_folder.Join("file"), mode);
        Directory.CreateDirectory(_folder.Join("folder"));
        File.Copy(_folder.Join("file"), _folder.Join("folder", "file"));
        File.SetUnixFileMode(_folder.Join("folder"), mode);

        AssertSamePath(_folder.Join("file"));
        AssertSamePath(_folder.Join("folder"));
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData("a")]
    [InlineData("+-._?=09azAZ")]
    [InlineData("-begins-with-a-dash")]
    [InlineData("trailing.")]
    public void Takes_the_name_of_the_file(string name)
    {
        File.WriteAllText(_folder.Join(name), name);

        AssertSamePath(_folder.Join(name));
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData("md5", false)]
    [InlineData("md5", true)]
    [InlineData("sha1", false)]
    [InlineData("sha1", true)]
    [InlineData("sha256", false)]
    [InlineData("sha256", true)]
    [InlineData("sha512", false)]
    [InlineData("sha512", true)]
    public void Computes_the_paths_of_fixed_outputs(string algorithm, bool isRecursive)
    {
        string file = _folder.Join("file");
        Nix.Restore(TestNars.Odd[isRecursive ? "sample" : "file"], file);
        string[] arguments = ["--type", algorithm, .. isRecursive ? (string[])[] : ["--flat"]];
        NixHash hash = NixHash.ParseAny($"{algorithm}:{Nix.Hash(file, arguments)}");
        ContentAddress address = new(isRecursive ? ContentAddressMethod.Nar : ContentAddressMethod.Flat, hash);

        StorePath path = address.ComputePath(StoreDirectory.Default, "file", [], hasSelfReference: false);

        Assert.Equal(Nix.AddFixed(_nix, algorithm, isRecursive, file), StoreDirectory.Default.Join(path));
    }

    [RequiresFact(Needs.Nix)]
    public void Refuses_what_Nix_refuses()
    {
        Assert.Equal(0, NativeCalls.MakeFifo(_folder.Join("pipe"), 0x180));
        File.WriteAllText(_folder.Join("no good name"), "");
        foreach (string name in (string[])["pipe", "no good name", "not-there"])
        {
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Nix.Add(_nix, _folder.Join(name)));
            Assert.ThrowsAny<StoreException>(() => Engines.Export(_nix, 1, _folder.Join(name)));
        }
    }

    /// <summary>Expects a source to be exported without any store as it is from the store of Nix that has it.</summary>
    private void AssertSamePath(string file)
    {
        string path = Nix.Add(_nix, file);

        using TemporaryStore none = new();
        byte[] exported = Engines.Export(none, 1, file);
        byte[] described = Engines.Export(none, 2, file);

        Assert.False(Directory.Exists(none.Root));
        Assert.Equal(Nix.Export(_nix, [path]), exported);
        using TemporaryStore ours = new();
        Assert.Equal([path], Engines.Import(ours, described, InputKind.Pipe, TrustedKeys.None));
        Nix.AssertClean(ours);
    }
}
