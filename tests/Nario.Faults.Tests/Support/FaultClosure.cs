using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nario.Codec;

namespace Nario.Faults.Tests.Support;

/// <summary>A closure of paths of all shapes that refer to each other, as a file of either version.</summary>
/// <remarks>It depends on nothing but a seed, and needs no Nix.</remarks>
internal static class FaultClosure
{
    private const int PartCount = 48;

    private const int MaximumReferenceCount = 4;

    private const int LargeLength = 1_500_000;

    private const string StorePrefix = "/nix/store/";

    private static readonly TemporaryFolder Folder = new();

    private static readonly List<(NarioPathInfo Info, Action<INarSink> Tell)> Parts = MakeParts();

    private static readonly Dictionary<int, byte[]> Narios = MakeNarios();

    /// <summary>Gets the full paths in the order of the files.</summary>
    internal static IReadOnlyList<string> Paths { get; } = [.. Parts.Select(static part => StorePrefix + part.Info.Path)];

    /// <summary>Gets the bytes of the file of a version.</summary>
    internal static byte[] Read(int version) => Narios[version];

    /// <summary>Gets the file of a version.</summary>
    internal static string File(int version) =>
        Folder.Join(string.Create(CultureInfo.InvariantCulture, $"v{version}.nario"));

    /// <summary>Gets where the first paths of a file end.</summary>
    internal static int FindEnd(int version, int pathCount)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(Read(version)));
        for (int number = 0; number < pathCount; number++)
        {
            Assert.True(reader.Read());
            reader.SkipNar();
            _ = reader.ReadInfo();
        }

        return (int)reader.Offset;
    }

    private static Dictionary<int, byte[]> MakeNarios()
    {
        Dictionary<int, byte[]> narios = [];
        foreach (NarioVersion version in NarioVersion.All)
        {
            using MemoryStream output = new();
            NarioWriter writer = new(output, version);
            foreach ((NarioPathInfo info, Action<INarSink> tell) in Parts)
            {
                tell(writer.BeginPath(info));
                writer.EndPath();
            }

            writer.Complete();
            narios[version.Number] = output.ToArray();
            System.IO.File.WriteAllBytes(File(version.Number), narios[version.Number]);
        }

        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Folder.Dispose();
        return narios;
    }

    private static List<(NarioPathInfo Info, Action<INarSink> Tell)> MakeParts()
    {
        Random random = new(7);
        List<(NarioPathInfo Info, Action<INarSink> Tell)> parts = [];
        for (int number = 0; number < PartCount; number++)
        {
            string path = TestStorePath.Named(string.Create(CultureInfo.InvariantCulture, $"part-{number}")).BaseName;
            SortedSet<string> references = new(StringComparer.Ordinal);
            for (int count = Math.Min(random.Next(MaximumReferenceCount + 1), number); count > 0; count--)
            {
                references.Add(parts[random.Next(number)].Info.Path);
            }

            if (random.Next(4) == 0)
            {
                references.Add(path);
            }

            int seed = random.Next();
            int shape = number;
            string text = string.Join('\n', references);
            void Tell(INarSink sink) => TellTree(sink, shape, text, new Random(seed));
            byte[] nar = TestNar.Write(Tell);
            NarioPathInfo info = new()
            {
                Path = path,
                References = [.. references],
                NarHash = Convert.ToHexStringLower(SHA256.HashData(nar)),
                NarSize = (ulong)nar.Length,
                RegistrationTime = 1 + number,
            };
            parts.Add((info, Tell));
        }

        return parts;
    }

    private static void TellTree(INarSink sink, int number, string references, Random random)
    {
        switch (number % 12)
        {
            case 3:
                SampleTree.WriteFile(sink, number % 24 == 3, Encoding.ASCII.GetBytes($"{number}\n{references}\n"));
                break;
            case 7:
                sink.WriteSymlink(Encoding.ASCII.GetBytes($"../{number}/no/such/place"));
                break;
            case 9:
                SampleTree.WriteFile(sink, false, MakeBytes(random, LargeLength + number));
                break;
            default:
                TellFolder(sink, references, random);
                break;
        }
    }

    private static void TellFolder(INarSink sink, string references, Random random)
    {
        sink.BeginDirectory();
        sink.BeginEntry("bin"u8);
        sink.BeginDirectory();
        SampleTree.WriteFile(sink, "run"u8, true, Encoding.ASCII.GetBytes(references));
        SampleTree.WriteLink(sink, "sh"u8, "run"u8);
        sink.EndDirectory();
        SampleTree.WriteFile(sink, "empty"u8, false, []);
        sink.BeginEntry("share"u8);
        sink.BeginDirectory();
        int count = random.Next(16);
        for (int number = 0; number < count; number++)
        {
            byte[] name = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"file-{number:d2}"));
            SampleTree.WriteFile(sink, name, false, MakeBytes(random, random.Next(20_000)));
        }

        sink.EndDirectory();
        sink.EndDirectory();
    }

    private static byte[] MakeBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
