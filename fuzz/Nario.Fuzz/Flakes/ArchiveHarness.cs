using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Nario.Flakes;
using Nario.Flakes.References;
using Nario.Fuzz.Importing;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Configuration;

namespace Nario.Fuzz.Flakes;

/// <summary>Unpacking an archive of any format.</summary>
internal sealed class ArchiveHarness : IHarness
{
    private const int RepairMark = 1;

    private const int BlockLength = 512;

    private const int ChecksumOffset = 148;

    private const int ChecksumLength = 8;

    private const int MaxSize = 1 << 22;

    private const int MaxEntries = 1000;

    private readonly Lazy<string> _folder = new(MakeFolder);

    /// <inheritdoc/>
    public string Name => "archive";

    /// <inheritdoc/>
    public string Description => "unpacks an archive: all of it appears, or nothing, and nothing outside of it";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        byte[] archive = input[1..].ToArray();
        if ((input[0] & RepairMark) != 0)
        {
            Repair(archive);
        }

        string folder = _folder.Value;
        string destination = Path.Join(folder, "destination");
        File.WriteAllBytes(Path.Join(folder, "archive"), archive);
        CloneOptions options = new()
        {
            Host = new ProcessHost(),
            Configuration = NixConfiguration.Default,
            ComputesHash = true,
            Limits = new UnpackLimits { MaxSize = MaxSize, MaxEntries = MaxEntries },
        };
        bool isThere = true;
        try
        {
            new FlakeCloner(options, new QuietLog()).Clone(
                FlakeReference.Parse($"file://{folder}/archive").Reference, destination, CancellationToken.None);
        }
        catch (StoreException error)
        {
            isThere = false;
            Refusal.Check(error);
        }

        FindingException.Unless(Directory.Exists(destination) == isThere, "what was refused is there, or what was taken is not");
        string[] expected = isThere ? ["archive", "destination", "outside"] : ["archive", "outside"];
        string[] found = [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        FindingException.Unless(expected.SequenceEqual(found), $"beside the destination is {string.Join(", ", found)}");
        FindingException.Unless(File.ReadAllText(Path.Join(folder, "outside")) == "untouched", "a file outside was changed");
        if (isThere)
        {
            Directory.Delete(destination, recursive: true);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        foreach (TarEntryFormat format in (TarEntryFormat[])[TarEntryFormat.Pax, TarEntryFormat.Gnu, TarEntryFormat.Ustar, TarEntryFormat.V7])
        {
            byte[] tar = MakeTar(format);
            yield return [0, .. tar];
            yield return [RepairMark, .. tar];
            yield return [0, .. Gzip(tar)];
        }

        yield return [0, .. MakeZip()];
    }

    /// <summary>Makes the checksum of each header right, which no fuzzer guesses.</summary>
    private static void Repair(byte[] archive)
    {
        for (int start = 0; start + BlockLength <= archive.Length; start += BlockLength)
        {
            Span<byte> block = archive.AsSpan(start, BlockLength);
            if (block.Slice(257, 5).SequenceEqual("ustar"u8))
            {
                block.Slice(ChecksumOffset, ChecksumLength).Fill((byte)' ');
                int sum = 0;
                foreach (byte value in block)
                {
                    sum += value;
                }

                Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + '\0', block[ChecksumOffset..]);
            }
        }
    }

    private static byte[] MakeTar(TarEntryFormat format)
    {
        using MemoryStream output = new();
        using (TarWriter writer = new(output, format, leaveOpen: true))
        {
            TarEntryType file = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
            Add(TarEntryType.Directory, "top/", null);
            Add(file, "top/file", null);
            Add(file, $"top/{new string('n', format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? 150 : 20)}", null);
            Add(TarEntryType.SymbolicLink, "top/link", "../outside");
            Add(TarEntryType.HardLink, "top/hard", "top/file");

            void Add(TarEntryType type, string name, string? target)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Pax => new PaxTarEntry(type, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(type, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                    _ => new V7TarEntry(type, name),
                };
                if (target is not null)
                {
                    entry.LinkName = target;
                }

                if (type == file)
                {
                    entry.DataStream = new MemoryStream("text"u8.ToArray());
                }

                writer.WriteEntry(entry);
            }
        }

        return output.ToArray();
    }

    private static byte[] MakeZip()
    {
        using MemoryStream output = new();
        using (ZipArchive zip = new(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in (string[])["top/", "top/file", "top/other"])
            {
                using Stream contents = zip.CreateEntry(name).Open();
                contents.Write(name.EndsWith('/') ? [] : "text text text"u8);
            }
        }

        return output.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    private static string MakeFolder()
    {
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Path.Join(parent, $"nario-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Join(folder, "outside"), "untouched");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
