using System.Reflection;
using System.Text;
using Nario.Codec;
using Nario.Fuzz.Bending;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Rules;
using Nario.Fuzz.Specifications;
using Nario.Store.Hashes;
using Nario.Store.Signatures;

namespace Nario.Fuzz.Seeds;

/// <summary>
/// Inputs to begin with: the golden files of the repository, the shared vectors when they are there, and what is made of
/// both. The same files give the same samples in the same order.
/// </summary>
internal sealed class Samples
{
    /// <summary>Size in bytes of the largest sample; larger ones slow a fuzzer down more than they teach it.</summary>
    private const int MaxLength = 32 * 1024;

    /// <summary>Size in bytes of the largest sample of what is not read at one go.</summary>
    private const int MaxArchiveLength = 8 * 1024;

    private const int OperationSeed = 20;
    private const int OperationCount = 24;

    private readonly List<byte[]> _narios = [];
    private readonly List<byte[]> _nars = [];
    private readonly List<byte[]> _derivations = [];
    private readonly List<NarioPathInfo> _infos = [];
    private readonly Lazy<IReadOnlyList<byte[]>> _brokenNars;
    private readonly Lazy<IReadOnlyList<byte[]>> _brokenNarios;

    /// <summary>Collects the samples.</summary>
    public Samples()
    {
        AddNarios(RepositoryFiles.List(RepositoryFiles.Root, "tests/golden", "*.nario"));
        AddNarios(RepositoryFiles.List(RepositoryFiles.Shared, "vectors/bad", "*.nario"));
        AddNarios(RepositoryFiles.List(RepositoryFiles.Shared, "vectors/hostile", "*.nario"));
        foreach (string file in RepositoryFiles.List(RepositoryFiles.Shared, "vectors/upstream", "*.nar"))
        {
            AddDistinct(_nars, File.ReadAllBytes(file));
        }

        _brokenNars = new(() => Break(_nars, ArchiveKind.Nar));
        _brokenNarios = new(() => [.. Break(_narios, ArchiveKind.NarioV1), .. Break(_narios, ArchiveKind.NarioV2)]);
    }

    /// <summary>Gets the key whose signatures are trusted; it is in the repository, so it signs nothing of worth.</summary>
    public static SecretKey Key { get; } = SecretKey.Parse(ReadKey("k1"));

    /// <summary>Gets a valid signature of some other text by some other key.</summary>
    public static Signature ForeignSignature { get; } = SecretKey.Parse(ReadKey("k2")).Sign("another text"u8);

    /// <summary>Gets narios, valid and not.</summary>
    public IReadOnlyList<byte[]> Narios => _narios;

    /// <summary>Gets NARs, valid and not.</summary>
    public IReadOnlyList<byte[]> Nars => _nars;

    /// <summary>Gets small archives of all kinds.</summary>
    public IEnumerable<byte[]> Archives => _nars.Concat(_narios).Where(static item => item.Length <= MaxArchiveLength);

    /// <summary>Gets narios that break a rule of their specification, or go to its limit.</summary>
    public IEnumerable<byte[]> BrokenNarios => _brokenNarios.Value;

    /// <summary>Gets NARs that break a rule of their specification, or go to its limit.</summary>
    public IEnumerable<byte[]> BrokenNars => _brokenNars.Value;

    /// <summary>Gets single tokens of the formats.</summary>
    public IReadOnlyList<byte[]> WireTokens { get; } = TokenDictionary.GetTokens();

    /// <summary>Gets what narios say of paths.</summary>
    public IReadOnlyList<NarioPathInfo> Infos => _infos;

    /// <summary>Gets the texts of derivations.</summary>
    public IReadOnlyList<byte[]> Derivations => _derivations;

    /// <summary>Gets hashes of each algorithm.</summary>
    public IReadOnlyList<NixHash> Hashes { get; } =
        [.. Enum.GetValues<HashAlgorithmKind>().Select(static kind => new NixHash(kind, new byte[kind.GetByteLength()]))];

    /// <summary>Gets the texts of signatures and keys.</summary>
    public IEnumerable<string> Signatures =>
        _infos.SelectMany(static info => info.Signatures).Distinct()
            .Append(Key.PublicKey.ToString())
            .Append(ForeignSignature.ToString())
            .Append(ReadKey("k3"));

    /// <summary>Gets the texts of content addresses.</summary>
    public IEnumerable<string> ContentAddresses =>
        _infos.Select(static info => info.ContentAddress).OfType<string>().Distinct()
            .Concat(from method in Enum.GetValues<ContentAddressMethod>()
                    from hash in Hashes
                    select new ContentAddress(method, hash).ToString());

    /// <summary>Gets specifications, valid and not.</summary>
    public IReadOnlyList<byte[]> Specifications { get; } =
    [
        .. ProjectSpecifications.All.Select(static item => Encoding.UTF8.GetBytes(item.Text)),
        .. RepositoryFiles.List(RepositoryFiles.Shared, "kaitai-tests", "*.ksy").Select(File.ReadAllBytes),
    ];

    /// <summary>Gets choices for harnesses that make something by them.</summary>
    public IReadOnlyList<byte[]> Operations { get; } = MakeOperations();

    /// <summary>Makes broken archives, of those that a harness makes first: they are the same wherever it runs.</summary>
    private static IReadOnlyList<byte[]> Break(IEnumerable<byte[]> archives, ArchiveKind kind) => RuleBreaker.Break(
        RulesHarness.GetType(kind),
        [BentHarness.MakeExample(kind), .. archives.Where(item => item.Length <= MaxArchiveLength && ArchiveKinds.Guess(item) == kind)]);

    private static List<byte[]> MakeOperations()
    {
        Random random = new(OperationSeed);
        List<byte[]> list = [];
        for (int index = 0; index < OperationCount; index++)
        {
            byte[] bytes = new byte[4 << (index % 9)];
            random.NextBytes(bytes);
            list.Add(bytes);
        }

        return list;
    }

    private static string ReadKey(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Trim();
    }

    private static void AddDistinct(List<byte[]> list, byte[] item)
    {
        if (item.Length <= MaxLength && !list.Exists(other => other.AsSpan().SequenceEqual(item)))
        {
            list.Add(item);
        }
    }

    private void AddNarios(IEnumerable<string> files)
    {
        foreach (byte[] nario in files.Select(File.ReadAllBytes))
        {
            if (nario.Length <= MaxLength)
            {
                AddDistinct(_narios, nario);
                AddParts(nario);
            }
        }
    }

    private void AddParts(byte[] nario)
    {
        try
        {
            using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
            while (reader.Read())
            {
                ByteCollector nar = new();
                ByteCollector file = new();
                reader.Nar.Attach(nar);
                while (reader.Nar.Read())
                {
                    if (reader.Nar.Token == NarToken.Contents)
                    {
                        file.Add(reader.Nar.Contents);
                    }
                }

                reader.Nar.Detach(nar);
                AddDistinct(_nars, nar.Bytes.ToArray());
                NarioPathInfo info = reader.ReadInfo();
                _infos.Add(info);
                if (info.Path.EndsWith(".drv", StringComparison.Ordinal))
                {
                    AddDistinct(_derivations, file.Bytes.ToArray());
                }
            }
        }
        catch (NarioFormatException)
        {
            // A sample may be broken; what came before the break is taken.
        }
    }
}
