using System.Reflection;
using Nario.Ksy.Generator.Tests.Harness;
using Xunit.Abstractions;

namespace Nario.Kaitai.Tests;

/// <summary>Nix's own specification of its archives, as it is, reads archives of Nix.</summary>
public sealed class NarTests(ITestOutputHelper output)
{
    private const string Upstream = "vectors/upstream";

    private const string Specification = "NixOS+nix/doc/manual/source/protocols/nix-archive/nar.ksy";

    private const string Attic = "zhaofengli+attic/attic/src/nix_store/tests/nar/";

    /// <summary>The archives of other projects that are whole and right.</summary>
    private static readonly string[] Whole =
    [
        Attic + "n7q4i7rlmbk4xz8qdsxpm6jbhrnxraq2-attic-test-with-deps-a.nar",
        Attic + "544qcchwgcgpz3xi1bbml28f8jj6009p-attic-test-with-deps-b.nar",
        Attic + "3k1wymic8p7h5pfcqfhh0jan8ny2a712-attic-test-with-deps-c-final.nar",
        Attic + "nm1w9sdm6j6icmhd2q3260hl1w9zj6li-attic-test-no-deps.nar",
        "haskell-nix+hnix-store/hnix-store-nar/tests/fixtures/case-conflict.nar",
        "NixOS+nix/src/libutil-tests/fuzz/data/nars/simple.nar",
        "NixOS+nix/src/libutil-tests/fuzz/data/nars/empty-subdir.nar",
    ];

    [NarFact]
    public void TheSpecificationOfNix_ReadsItsArchives()
    {
        string folder = Repository.SharedFolder(Upstream)!;
        string path = Path.Combine(folder, Specification);
        using CompiledClasses classes = new([new SpecText(path, File.ReadAllText(path))]);
        foreach (string name in Whole)
        {
            byte[] nar = File.ReadAllBytes(Path.Combine(folder, name));
            object archive = ClassGenerator.Read(classes["nix_nar"], nar);
            Assert.Equal("nix-archive-1", CompiledClasses.Get(archive, "magic.body"));
            Assert.NotNull(CompiledClasses.Get(archive, "root_node.type_val.body"));
        }

        // The others are broken on purpose, in ways of which the specification sees some.
        int read = 0;
        string[] all = SuiteFolders.Files(folder, "*.nar");
        foreach (string file in all)
        {
            try
            {
                ClassGenerator.Read(classes["nix_nar"], File.ReadAllBytes(file));
                read++;
            }
            catch (TargetInvocationException exception) when (exception.InnerException is FormatException)
            {
                Assert.DoesNotContain(Path.GetRelativePath(folder, file), Whole);
            }
        }

        output.WriteLine($"{read} of {all.Length} archives are read");
        Assert.InRange(read, Whole.Length, all.Length - 1);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NarFactAttribute : FactAttribute
    {
        public NarFactAttribute()
        {
            if (Repository.SharedFolder(Upstream) is null)
            {
                Skip = $"The folder shared/{Upstream} is not there; NARIO_SHARED may name another place.";
            }
        }
    }
}
