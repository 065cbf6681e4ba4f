using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nario.Cli.Tests.Support;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>Runs the program as it was built on narios that claim or hold very much.</summary>
public sealed class MemoryTests : IDisposable
{
    /// <summary>What an input may take at most, in KiB, whatever it claims.</summary>
    private const long MostMemory = 64 * 1024;

    /// <summary>What an input may take at most, in KiB, that has as much to say of a path as it may.</summary>
    private const long MostMemoryOfInfo = 320 * 1024;

    private const int Million = 1_000_000;

    private const string FirstNumber = "0000000";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryStore _store = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool> Inputs
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string name in (string[])
                [
                    "D02 a million levels", "N06 contents of 2^62 bytes", "N06 a name of 2^63 bytes",
                    "V14 2^62 references", "V15 a path of 2^62 bytes", "V14 2^62 references in version 2",
                    "W03 a NAR of 2^63 bytes", "W03 a NAR of 2^62 bytes", "W07 a million signatures",
                ])
            {
                data.Add(name, true);
                data.Add(name, false);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [MeasuredTheory]
    [MemberData(nameof(Inputs))]
    public void Little_memory_is_enough_to_refuse(string name, bool isImport)
    {
        string file = _folder.Join("nario");
        using (FileStream output = File.Create(file))
        {
            using Stream input = Open(name);
            input.CopyTo(output);
        }

        string command = isImport ? $"import --no-check-sigs --store '{_store.Root}'" : "list --json -R";
        CheckRefused(command, () => File.OpenRead(file), "");
        CheckRefused(command, null, $"'{file}'");
        File.Delete(file);
        Assert.Empty(_folder.List());
        if (isImport)
        {
            Assert.Empty(_store.ListObjects());
            Assert.Empty(_store.Query("select path from ValidPaths"));
        }
    }

    /// <summary>The last of the entries comes twice.</summary>
    [MeasuredTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void D03_a_million_entries(int version)
    {
        CheckRefused("list -R", () => OpenEntries(version), "> /dev/null");
        Assert.Empty(_folder.List());
    }

    [MeasuredTheory]
    [InlineData(1, "list --json")]
    [InlineData(1, "import --no-check-sigs")]
    [InlineData(2, "list --json")]
    [InlineData(2, "import --no-check-sigs")]
    public void A_million_references_that_are_there_take_what_was_promised(int version, string command)
    {
        string store = command.StartsWith("import", StringComparison.Ordinal) ? $"--store '{_store.Root}'" : "";
        CheckRefused(command, () => OpenReferences(version), store, MostMemoryOfInfo);
    }

    private void CheckRefused(string command, Func<Stream>? open, string rest, long mostMemory = MostMemory)
    {
        string peak = _folder.Join("peak");
        using Process process = Executable.Start(
            $"export TMPDIR='{_folder.Path}'; "
            + $"{Executable.Time} --quiet -f %M -o '{peak}' {Executable.Words} {command} {rest}");
        Task<string> reading = process.StandardOutput.ReadToEndAsync();
        Task<string> failing = process.StandardError.ReadToEndAsync();
        try
        {
            using Stream input = open?.Invoke() ?? Stream.Null;
            using Stream pipe = process.StandardInput.BaseStream;
            input.CopyTo(pipe);
        }
        catch (IOException)
        {
            // It has seen enough.
        }

        Assert.True(process.WaitForExit(Patience));
        reading.GetAwaiter().GetResult();
        new RunResult(process.ExitCode, [], failing.GetAwaiter().GetResult()).AssertError();
        long kibibytes = long.Parse(File.ReadAllText(peak), CultureInfo.InvariantCulture);
        File.Delete(peak);
        Assert.InRange(kibibytes, 1, mostMemory);
    }

    private static Stream Open(string name)
    {
        string hash = new('0', 64);
        Wire nar = new Wire().Number(1).Text(NarioBuilder.NarMagic);
        Wire first = new Wire().Number(1).Raw(NarioBuilder.GoodNar).Raw("NIXE\0\0\0\0"u8);
        Wire second = new Wire().Raw("NARIO2\0\0"u8).Number(1).Text(NarioBuilder.Path, "", hash);
        switch (name[4..])
        {
            case "a million levels":
                return new RepeatingStream(
                    nar.ToArray(), new Wire().Text("(", "type", "directory", "entry", "(", "name", "d", "node").ToArray(), Million);
            case "contents of 2^62 bytes":
                return Of(nar.Text("(", "type", "regular", "contents").Number(1UL << 62).Raw(new byte[1 << 20]));
            case "a name of 2^63 bytes":
                return Of(nar.Text("(", "type", "directory", "entry", "(", "name").Number(1UL << 63).Raw(new byte[1 << 20]));
            case "2^62 references":
                return Of(first.Text(NarioBuilder.StorePrefix + NarioBuilder.Path).Number(1UL << 62).Raw(new byte[1 << 20]));
            case "a path of 2^62 bytes":
                return Of(first.Number(1UL << 62).Raw(new byte[1 << 20]));
            case "2^62 references in version 2":
                return Of(second.Number(1UL << 62).Raw(new byte[1 << 20]));
            case "a NAR of 2^63 bytes":
                return Of(second.Number(0).Number(0).Number(1UL << 63).Number(0).Number(0).Text("").Raw(NarioBuilder.GoodNar));
            case "a NAR of 2^62 bytes":
                return Of(second.Number(0).Number(0).Number(1UL << 62).Number(0).Number(0).Text("").Raw(NarioBuilder.GoodNar));
            default:
                return new RepeatingStream(
                    second.Number(0).Number(0).Number(112).Number(0).Number(Million).ToArray(),
                    new Wire().Text($"key:{new string('A', 86)}==").ToArray(),
                    Million);
        }
    }

    /// <summary>As many references as there may be, all of them different, and then not what should follow.</summary>
    private static NumberedEntriesStream OpenReferences(int version)
    {
        Wire before = version == 1
            ? new Wire().Number(1).Raw(NarioBuilder.GoodNar).Raw("NIXE\0\0\0\0"u8).Text(NarioBuilder.StorePrefix + NarioBuilder.Path)
            : new Wire().Raw("NARIO2\0\0"u8).Number(1).Text(NarioBuilder.Path, "", new string('0', 64));
        string name = $"{(version == 1 ? NarioBuilder.StorePrefix : "")}{FirstNumber}{new string('0', 25)}-n";
        byte[] piece = new Wire().Text(name).ToArray();
        int number = piece.AsSpan().IndexOf(Encoding.ASCII.GetBytes(FirstNumber));
        return new NumberedEntriesStream(before.Number(Million).ToArray(), piece, number, FirstNumber.Length, Million, piece);
    }

    private static NumberedEntriesStream OpenEntries(int version)
    {
        byte[] piece = new Wire().Text("entry", "(", "name", FirstNumber, "node").NodeOf(new LinkNode("t"u8.ToArray())).Text(")").ToArray();
        byte[] last = Encoding.ASCII.GetBytes((Million - 1).ToString("d7", CultureInfo.InvariantCulture));
        int number = piece.AsSpan().IndexOf(Encoding.ASCII.GetBytes(FirstNumber));
        byte[] again = [.. piece];
        last.CopyTo(again, number);
        byte[] begin = new Wire().Text(NarioBuilder.NarMagic, "(", "type", "directory").ToArray();
        ulong size = (ulong)begin.Length + ((ulong)piece.Length * (Million + 1)) + 16;
        Wire before = version == 1
            ? new Wire().Number(1)
            : new Wire().Raw("NARIO2\0\0"u8).Number(1).Text(NarioBuilder.Path, "", new string('0', 64))
                .Number(0).Number(0).Number(size).Number(0).Number(0).Text("");
        return new NumberedEntriesStream(before.Raw(begin).ToArray(), piece, number, FirstNumber.Length, Million, again);
    }

    private static MemoryStream Of(Wire wire) => new(wire.ToArray());
}
