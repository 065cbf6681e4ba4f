using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Nario.Codec.Tests.Trees;

/// <summary>Makes trees, path infos and narios that a file system or a store could hold, odd ones above all.</summary>
public static class NarioArbitraries
{
    private const int MaximumDepth = 64;

    private static readonly byte[][] OddNames =
    [
        "a"u8.ToArray(), "a-"u8.ToArray(), "a-b"u8.ToArray(), "a.b"u8.ToArray(), "ab"u8.ToArray(), "a\x01"u8.ToArray(),
        "A"u8.ToArray(), "a~nix~case~hack~1"u8.ToArray(), "..."u8.ToArray(), ".a"u8.ToArray(), "-"u8.ToArray(),
        " "u8.ToArray(), "\n"u8.ToArray(), "\x1b[31mred"u8.ToArray(), "\\"u8.ToArray(), "C:"u8.ToArray(),
        "con"u8.ToArray(), "("u8.ToArray(), ")"u8.ToArray(), "entry"u8.ToArray(), "name"u8.ToArray(),
        "\u00e9"u8.ToArray(), "e\u0301"u8.ToArray(), [0xff], [0x80], [0xc3], [0xc3, 0x28], [0xff, 0xfe, 0x41],
        Enumerable.Repeat((byte)'x', 255).ToArray(), Enumerable.Repeat((byte)0xff, 255).ToArray(),
    ];

    private static Gen<byte> AnyByte => Gen.Choose(0, 255).Select(value => (byte)value);

    private static Gen<byte> NameByte => Gen.Choose(1, 255).Where(value => value != '/').Select(value => (byte)value);

    private static Gen<byte[]> Name =>
        Gen.Frequency(
            (3, Gen.Elements(OddNames)),
            (1, Gen.Choose(1, 20)
                .SelectMany(length => NameByte.ArrayOf(length))
                .Where(name => name is not ([(byte)'.'] or [(byte)'.', (byte)'.']))));

    private static Gen<Node> File =>
        from length in Gen.Frequency(
            (60, Gen.Choose(0, 17)), (6, Gen.Choose(4090, 4200)), (1, Gen.Choose(262_000, 264_000)))
        from fill in AnyByte
        from isExecutable in Gen.Elements(true, false)
        select (Node)new FileNode(Filled(length, fill), isExecutable);

    private static Gen<Node> Link =>
        Gen.Frequency(
            (4, Gen.Elements("/etc/passwd", "../../..", ".", "/", "gone\n", "\u00e9")
                .Select(text => Encoding.UTF8.GetBytes(text))),
            (4, Gen.Choose(1, 17)
                .SelectMany(length => Gen.Choose(1, 255).Select(value => (byte)value).ArrayOf(length))),
            (1, Gen.Constant(Filled(4095, (byte)'t'))))
            .Select(target => (Node)new LinkNode(target));

    /// <summary>Makes trees.</summary>
    public static Arbitrary<Node> Trees() => Arb.From(TreeGen, Shrink);

    /// <summary>Makes narios of both versions.</summary>
    public static Arbitrary<SampleNario> Narios() => Arb.From(NarioGen, Shrink);

    /// <summary>Makes read sizes.</summary>
    public static Arbitrary<ReadSizes> Sizes() =>
        Gen.OneOf(
            Gen.Constant(new ReadSizes([1])),
            Sizes(6, 40),
            Sizes(3, 300_000))
            .ToArbitrary();

    private static Gen<Node> TreeGen =>
        Gen.Frequency(
            (20, Gen.Choose(0, 12).SelectMany(size => TreeOf(size))),
            (1, from leaf in Leaf
                from levels in Gen.Choose(40, MaximumDepth - 1)
                select DirectoryNode.Nest(leaf, levels)),
            (1, Gen.Choose(100, 300).SelectMany(Wide)));

    private static Gen<Node> Leaf => Gen.OneOf(File, Link, Gen.Constant((Node)new DirectoryNode([])));

    private static Gen<SampleNario> NarioGen =>
        from version in Gen.Choose(1, 2)
        from count in Gen.Choose(0, 4)
        from paths in (from tree in TreeGen from info in Info select new SamplePath(info, tree)).ArrayOf(count)
        select SampleNario.Of(version, paths);

    private static Gen<string> PathText =>
        from hash in Gen.Elements("0123456789abcdfghijklmnpqrsvwxyz", "00000000000000000000000000000000")
        from name in Gen.OneOf(
            Gen.Choose(1, 20).SelectMany(length => Gen.Elements("abz09+-._?=".ToCharArray()).ArrayOf(length)),
            Gen.Constant(Enumerable.Repeat('n', 211).ToArray()))
        select $"{hash}-{new string(name)}";

    private static Gen<string> AnyText =>
        Gen.Choose(0, 24).SelectMany(length => AnyByte.ArrayOf(length)).Select(Encoding.Latin1.GetString);

    private static Gen<NarioPathInfo> Info =>
        from path in PathText
        from deriver in Gen.OneOf(Gen.Constant<string?>(null), PathText.Select(text => (string?)text))
        from referenceCount in Gen.Choose(0, 4)
        from references in PathText.ArrayOf(referenceCount)
        from time in Gen.Elements(0L, 1L, 1_700_000_000L, long.MaxValue)
        from isUltimate in Gen.Elements(true, false)
        from signatureCount in Gen.Choose(0, 3)
        from signatures in AnyText.ArrayOf(signatureCount)
        from address in Gen.OneOf(
            Gen.Constant<string?>(null), AnyText.Where(text => text.Length > 0).Select(text => (string?)text))
        select new NarioPathInfo
        {
            Path = path,
            Deriver = deriver,
            References = references,
            RegistrationTime = time,
            IsUltimate = isUltimate,
            Signatures = signatures,
            ContentAddress = address,
        };

    private static Gen<ReadSizes> Sizes(int mostReads, int mostBytes) =>
        from count in Gen.Choose(1, mostReads)
        from sizes in Gen.Choose(1, mostBytes).ArrayOf(count)
        select new ReadSizes(sizes);

    private static Gen<Node> TreeOf(int size) =>
        size <= 1
            ? Leaf
            : from count in Gen.Choose(0, 5)
              from entries in EntryOf(size / 2).ArrayOf(count)
              select (Node)DirectoryNode.Sorted(entries);

    private static Gen<KeyValuePair<byte[], Node>> EntryOf(int size) =>
        from name in Name
        from node in TreeOf(size)
        select new KeyValuePair<byte[], Node>(name, node);

    private static Gen<Node> Wide(int count) =>
        from stem in Gen.Elements("", "f", "\xff")
        from leaf in Leaf
        select (Node)DirectoryNode.Sorted(
            Enumerable.Range(0, count)
                .Select(index => new KeyValuePair<byte[], Node>(Encoding.Latin1.GetBytes($"{stem}{index}"), leaf)));

    private static byte[] Filled(int length, byte fill)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, fill);
        return bytes;
    }

    private static IEnumerable<Node> Shrink(Node node) =>
        node switch
        {
            FileNode { Contents.Length: > 0 and var length } file =>
                [file with { Contents = file.Contents[..(length / 2)] }],
            DirectoryNode directory => [.. directory.Entries.Select(entry => entry.Value), .. ShrinkEntries(directory)],
            _ => [],
        };

    private static IEnumerable<Node> ShrinkEntries(DirectoryNode directory)
    {
        for (int index = 0; index < directory.Entries.Count; index++)
        {
            (byte[] name, Node child) = directory.Entries[index];
            yield return new DirectoryNode([.. directory.Entries.Where((_, other) => other != index)]);
            foreach (Node smaller in Shrink(child))
            {
                yield return new DirectoryNode(
                    [.. directory.Entries.Take(index), new(name, smaller), .. directory.Entries.Skip(index + 1)]);
            }
        }
    }

    private static IEnumerable<SampleNario> Shrink(SampleNario nario)
    {
        for (int index = 0; index < nario.Paths.Count; index++)
        {
            SamplePath path = nario.Paths[index];
            yield return SampleNario.Of(nario.Version, nario.Paths.Where((_, other) => other != index));
            foreach (Node smaller in Shrink(path.Tree))
            {
                yield return SampleNario.Of(
                    nario.Version,
                    [.. nario.Paths.Take(index), path with { Tree = smaller }, .. nario.Paths.Skip(index + 1)]);
            }
        }
    }
}
