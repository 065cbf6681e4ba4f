using Nario.Codec;
using Nario.Store.Import;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Import;

/// <summary>While paths are restored the next ones are read; what comes of it is as if one came after the other.</summary>
public sealed class ImportOrderTests : IDisposable
{
    private const int PathCount = 5;

    // Less than a thread is worth, about as much, several blocks, and more than all blocks.
    private static readonly int[] Sizes = [100, 60_000, 300_000, 1_500_000];

    private readonly TemporaryStore _place = new();

    /// <summary>Gets what can be wrong with a path, and the versions that say so much of it.</summary>
    public static TheoryData<string, int, bool> Faults
    {
        get
        {
            TheoryData<string, int, bool> data = [];
            foreach (bool isPipe in (bool[])[false, true])
            {
                foreach (int version in (int[])[1, 2])
                {
                    foreach (string fault in (string[])["none", "reference", "framing", "derivation"])
                    {
                        data.Add(fault, version, isPipe);
                    }
                }

                data.Add("hash", 2, isPipe);
            }

            return data;
        }
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public void Paths_before_the_first_that_is_wrong_become_valid_and_it_is_told_of(string fault, int version, bool isPipe)
    {
        Random random = new(1);
        for (int round = 0; round < 10; round++)
        {
            int wrong = fault == "none" ? PathCount : random.Next(PathCount);
            List<StorePath> paths = [];
            List<Action<INarSink>> trees = [];
            List<NarioPathInfo> infos = [];
            for (int number = 0; number < PathCount; number++)
            {
                // The one after it is wrong too, in what is found soonest: this must not be told.
                string part = number == wrong ? fault : number == wrong + 1 ? "reference" : "none";
                paths.Add(TestStorePath.Named($"round-{round}-path-{number}{(part == "derivation" ? ".drv" : string.Empty)}"));
                trees.Add(MakeFile(Sizes[random.Next(Sizes.Length)], number));
                infos.Add(Describe(version, paths, trees[^1], part));
            }

            byte[] nario = TestNario.Write(version, infos.Zip(trees));
            if (fault == "framing")
            {
                // The padding behind its last token.
                byte[] nar = TestNar.Write(trees[wrong]);
                nario[nario.AsSpan().IndexOf(nar) + nar.Length - 1] = 1;
            }

            using LocalStore store = _place.Open();
            StorePath[] before = [.. store.QueryAllValidPaths()];
            using NarioReader reader = NarioReader.Open(isPipe ? new PipeStream(nario) : new MemoryStream(nario));
            NarioImporter importer = new(store, new ImportOptions { CheckSignatures = false }, new NoLog());
            StoreException? error = (StoreException?)Record.Exception(() => importer.Import(reader, null, CancellationToken.None));

            Assert.Equal(
                paths.Take(wrong).Order(),
                store.QueryAllValidPaths().Except(before).Order());
            Assert.Equal(before.Length + wrong, _place.ListObjects().Count);
            if (fault == "none")
            {
                Assert.Null(error);
                continue;
            }

            // Version 1 names a path only after its NAR.
            string[] names = [$"{paths[wrong]}", $"entry {wrong + 1}: "];
            Assert.True(names.Any(error!.Message.Contains), $"wrong is {paths[wrong]}: {error.Message}");
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_500_000)]
    public void What_is_dropped_makes_room_before_the_rest_is_registered(int size)
    {
        StorePath[] paths = [TestStorePath.Named("whole"), TestStorePath.Named("cut")];
        Action<INarSink> tree = MakeFile(size, 0);
        byte[] nario = TestNario.Write(2, paths.Select(path => (Describe(2, [path], tree, "none"), tree)));
        using ObservedStore store = new(_place.Open());
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario[..^100]));
        NarioImporter importer = new(store, new ImportOptions { CheckSignatures = false }, new NoLog());

        Assert.ThrowsAny<StoreException>(() => importer.Import(reader, null, CancellationToken.None));

        Assert.Equal(["begin", "commit", "dispose", "begin", "dispose", "flush"], store.Calls);
        Assert.Equal([paths[0]], store.QueryAllValidPaths());
    }

    [Fact]
    public void Nothing_more_is_read_once_a_path_could_not_be_added()
    {
        StorePath[] paths = [TestStorePath.Named("wrong.drv"), TestStorePath.Named("second"), TestStorePath.Named("third")];
        Action<INarSink> tree = MakeFile(1_500_000, 0);
        byte[] nario = TestNario.Write(2, paths.Select(path => (Describe(2, [path], tree, "none"), tree)));

        // The first one is added before the last is read, since there are not blocks enough for both.
        using LocalStore store = _place.Open();
        using MemoryStream input = new(nario);
        using NarioReader reader = NarioReader.Open(input);
        NarioImporter importer = new(store, new ImportOptions { CheckSignatures = false }, new NoLog());
        List<StorePath> taken = [];

        StoreException error = Assert.ThrowsAny<StoreException>(() => importer.Import(reader, taken.Add, CancellationToken.None));

        Assert.Contains($"{paths[0]}", error.Message, StringComparison.Ordinal);
        Assert.True(input.Position < nario.Length, "all was read");
        Assert.DoesNotContain(paths[2], taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_path_that_cannot_be_added_is_told_of_while_the_input_stalls(int version)
    {
        StorePath path = TestStorePath.Named("wrong.drv");
        byte[] nario = TestNario.Write(version, (Describe(version, [path], SampleTree.WriteMany, "none"), SampleTree.WriteMany));
        using CancellationTokenSource reading = new();
        using LocalStore store = _place.Open();

        // Nothing says yet that the nario has ended.
        using NarioReader reader = NarioReader.Open(new StallingStream(nario[..^1], reading.Token));
        NarioImporter importer = new(store, new ImportOptions { CheckSignatures = false }, new NoLog()) { Reading = reading };

        StoreException error = Assert.ThrowsAny<StoreException>(() => importer.Import(reader, null, CancellationToken.None));

        Assert.Contains($"{path}", error.Message, StringComparison.Ordinal);
        Assert.Empty(_place.ListObjects());
    }

    /// <summary>Makes a tree of one file, which no other number makes.</summary>
    private static Action<INarSink> MakeFile(int size, int number)
    {
        byte[] contents = new byte[size];
        contents[0] = (byte)number;
        return sink => SampleTree.WriteFile(sink, false, contents);
    }

    /// <summary>Says of the last of some paths that it refers to all of them.</summary>
    private static NarioPathInfo Describe(int version, List<StorePath> paths, Action<INarSink> tree, string fault)
    {
        NarioPathInfo info = new()
        {
            Path = paths[^1].BaseName,
            References =
            [
                .. paths.Concat(fault == "reference" ? [TestStorePath.Named("missing")] : [])
                    .Select(static path => path.BaseName).Order(StringComparer.Ordinal),
            ],
        };
        if (version == 1)
        {
            return info;
        }

        byte[] nar = TestNar.Write(tree);
        string hash = TestHash.Sha256(fault == "hash" ? [] : nar).ToBase16();
        return info with { NarHash = hash, NarSize = (ulong)nar.Length };
    }

    private sealed class NoLog : IMessageLog
    {
        public bool Wants(MessageLevel level) => false;

        public void Write(MessageLevel level, string message)
        {
        }
    }
}
