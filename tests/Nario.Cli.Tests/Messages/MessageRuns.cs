using System.Text;
using System.Text.RegularExpressions;
using Nario.Cli.Messages;
using Nario.Cli.Tests.Checklist;
using Nario.Cli.Tests.Support;
using Nario.Codec;
using Nario.Codec.Tests.Trees;
using Nario.Store.Posix;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests.Messages;

/// <summary>Runs the program so that it says what it can say, and keeps the command lines with the messages.</summary>
internal sealed partial class MessageRuns : IDisposable
{
    private const string Path = NarioBuilder.Path;

    private const string App = "/nix/store/mdj9pd9jairndqzf6gwvdxfzb4rpsm8m-app-5.0.0";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _lines = [];
    private int _storeCount;

    /// <summary>Gets the lines of the table.</summary>
    internal IReadOnlyList<string> Run()
    {
        Section("The command line");
        RunUsage();
        Section("Files, and what is no nario");
        RunFiles();
        Section("The framing of narios and NARs");
        RunFraming();
        Section("What a nario says of a path");
        RunInfos();
        Section("Trust");
        RunTrust();
        Section("Stores and settings");
        RunStores();
        Section("Exports");
        RunExports();
        Section("Derivations");
        RunDerivations();
        Section("What succeeds");
        RunSuccess();
        Section("The system and the user");
        RunSystem();
        return _lines;
    }

    public void Dispose() => _folder.Dispose();

    private void RunUsage()
    {
        Say();
        Say("exprot");
        Say("frob");
        Say("flake");
        Say("export", "--fromat", "2", "x");
        Say("list", "--x");
        Say("import", "one", "two");
        Say("import", "--store");
        Say("import", "--store", "./a", "--store", "./b");
        Say("export", "x");
        Say("export", "--format", "two", "x");
        Say("export", "--format", "3", "x");
        Say("export", "--format", "2");
        Say("export", "--format", "2", "--all", "x");
        Say("export", "--format", "2", "--name", "n", "x", "y");
        Say("list", "-l");
        Say("list", "-lR", "--json");
        Say("list", "--pretty");
        Say("list", "--no-pretty");
        Say("list", "--json", "--pretty", "--no-pretty");
        InProcess terminal = new() { IsInputTerminal = true, IsOutputTerminal = true, Host = new FakeHost() };
        Say("import  (from a terminal)", terminal.Run("import"));
        Say("export --format 2 x  (to a terminal)", terminal.Run("export", "--format", "2", "x"));
    }

    private void RunFiles()
    {
        Say("list", In("missing"));
        Say("list", _folder.Path);
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        tar[0] = (byte)'f';
        foreach ((string name, byte[] bytes) in ((string, byte[])[])
            [
                ("empty", []),
                ("short", [1, 0, 0]),
                ("photo.jpg", [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]),
                ("app.nario.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
                ("app.nario.zst", [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]),
                ("app.nario.xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0]),
                ("app.nario.bz2", [.. "BZh91AY&"u8]),
                ("app.nario.lz4", [4, 0x22, 0x4d, 0x18, 0, 0, 0, 0]),
                ("app.nar", NarioBuilder.GoodNar),
                ("app.tar", tar),
                ("app.zip", [.. "PK\u0003\u0004\0\0\0\0"u8]),
            ])
        {
            Say("list", Write(name, bytes));
        }

        Say("list  (of an empty pipe)", InProcess.Run([], "list"));
        Say("list  (of a pipe of text)", InProcess.Run("some text"u8.ToArray(), "list"));
        Say("export", "--format", "2", _folder.Path, "-o", "");
        Say("export", "--format", "2", _folder.Path, "-o", In("no", "file"));
        Say("export", "--format", "2", _folder.Path, "-o", _folder.Path);
        Say("export", "--format", "2", _folder.Path, "-o", "/dev/full");
    }

    private void RunFraming()
    {
        byte[] good1 = NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar));
        byte[] good2 = NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar));
        Say("list", Write("cut1", good1[..200]));
        Say("list", Write("no-end", good2[..^8]));
        Say("list", Write("tag", [.. good1[..^8], 7, .. new byte[7]]));
        Say("list", Write("extension", [.. good2[..^8], 3, .. new byte[7]]));
        Say("list", Write("elsewhere", [.. good1[..^8], .. NarioBuilder.Nario1(Outside())]));
        NarioPathInfo info = NarioBuilder.Info2(NarioBuilder.GoodNar);
        SayImport(Write("size", Nario2(info with { NarSize = info.NarSize + 8 })));
        SayImport(Write("size-of-nothing", Nario2(info with { NarSize = 0 })));
        Say("list", "-R", Write("padding", Nario1(Spoil(Wire.Nar(new FileNode("abc"u8.ToArray())), "abc", 3))));
        Say("list", "-R", Write("order", Nario1(Tree("b", "a"))));
        Say("list", "-R", Write("name", Nario1(Tree(".."))));
        Say("list", "-R", Write("type", Nario1(Spoil(NarioBuilder.GoodNar, "regular", 0))));
        Say("list", "-R", Write("deep", Nario1(Wire.Nar(DirectoryNode.Nest(new FileNode([]), 64)))));
    }

    private void RunInfos()
    {
        NarioPathInfo info = NarioBuilder.Info2(NarioBuilder.GoodNar);
        foreach ((string name, NarioPathInfo said) in ((string, NarioPathInfo)[])
            [
                ("hash-part", info with { Path = "e123456789abcdfghijklmnpqrsvwxyz-name" }),
                ("no-dash", info with { Path = "0123456789abcdfghijklmnpqrsvwxyz_name" }),
                ("dots", info with { Path = "0123456789abcdfghijklmnpqrsvwxyz-.-x" }),
                ("character", info with { Path = "0123456789abcdfghijklmnpqrsvwxyz-a b\u001b" }),
                ("reference", info with { References = ["0123456789abcdfghijklmnpqrsvwxyz-"] }),
                ("long-name", info with { Path = "0123456789abcdfghijklmnpqrsvwxyz-" + new string('n', 212) }),
                ("deriver", info with { Deriver = "short-and-no-store-path" }),
                ("hash-length", info with { NarHash = "sha256:00" }),
                ("hash-kind", info with { NarHash = "sha1:" + new string('0', 40) }),
                ("hash-digits", info with { NarHash = new string('x', 64) }),
                ("hash-algorithm", info with { NarHash = "sha3:" + new string('0', 64) }),
                ("signature-colon", info with { Signatures = ["no colon"] }),
                ("signature-name", info with { Signatures = [":AAAA"] }),
                ("signature-blank", info with { Signatures = ["a b:AAAA"] }),
                ("signature-base64", info with { Signatures = ["key:!"] }),
                ("address-form", info with { ContentAddress = "nonsense" }),
                ("address-prefix", info with { ContentAddress = "other:sha256:00" }),
                ("address-git", info with { ContentAddress = "fixed:git:sha1:" + new string('0', 40) }),
                ("address-hash", info with { ContentAddress = "fixed:r:sha256" }),
                ("address-digits", info with { ContentAddress = "fixed:r:sha256:zz" }),
            ])
        {
            Say("list", Write(name, Nario2(said)));
        }

        byte[] once = NarioBuilder.Entry2(NarioBuilder.GoodNar, info);
        byte[] again = NarioBuilder.Entry2(NarioBuilder.GoodNar, info with { RegistrationTime = 7 });
        Say("list", Write("twice", NarioBuilder.Nario2(once, again)));
        byte[] other = NarioBuilder.Entry1(NarioBuilder.OtherNar);
        SayImport(Write("twice1", NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar), other)));
        SayImport(Write("hash", Nario2(info with { NarHash = new string('0', 64) })));
        string address = $"fixed:r:sha256:{new string('0', 64)}";
        SayImport(Write("address", Nario2(info with { ContentAddress = address })));
        SayImport(TestFiles.Golden("11-noclosure.v2.nario"));
    }

    private void RunTrust()
    {
        NarioPathInfo info = NarioBuilder.Info2(NarioBuilder.GoodNar);
        string signature = Convert.ToBase64String(new byte[64]);
        SayStore("import", TestFiles.Golden("09-closure.v1.nario"));
        SayStore("import", TestFiles.Golden("09-closure.v2.nario"));
        SayStore("import", TestFiles.Golden("17-signed-notultimate.v2.nario"));
        SayStore("import", "--trusted-public-keys", TestKeys.Key1, TestFiles.Golden("17-signed-notultimate.v2.nario"));
        SayStore("import", "--trusted-public-keys", "", TestFiles.Golden("17-signed-notultimate.v2.nario"));
        string[] many =
            [.. Enumerable.Range(0, 1000).Select(number => $"k{number:d3}{new string('x', 500)}:{signature}")];
        SayStore("import", Write("many", Nario2(info with { Signatures = many })));
        string unseen = Latin("\u202eyek\u2800\u3164:") + signature;
        SayStore("import", Write("unseen", Nario2(info with { Signatures = [unseen] })));
        SayStore("import", Write("claim", Nario2(info with { ContentAddress = $"fixed:r:sha256:{info.NarHash}" })));
    }

    private void RunStores()
    {
        string nario = TestFiles.Golden("03-file-nar.v2.nario");
        Say("import", "--store", "store", nario);
        Say("import", "--store", "daemon", nario);
        Say("import", "--store", "ssh://host", nario);
        Say("import", "--store", "local?colour=red", nario);
        Say("import", "--store", "local?require-sigs=perhaps", nario);
        Say("import", "--store", "local?store=relative", nario);
        Say("import", "--store", "local?store=/a/../b", nario);
        Say("import", "--store", Write("file", [1]), nario);
        Directory.CreateDirectory(In("target"));
        File.CreateSymbolicLink(In("link"), "target");
        Say("import", "--store", In("link"), nario);
        Say("export", "--format", "2", "--all", "--store", In("nothing"));
        foreach ((string name, string settings) in ((string, string)[])
            [
                ("a line that is none", "trusted-public-keys"),
                ("no Boolean", "require-sigs = perhaps"),
                ("a file that is missing", "include missing.conf"),
                ("a file that includes itself", "include nix.conf"),
            ])
        {
            FakeHost host = new() { Files = { ["/etc/nix/nix.conf"] = settings } };
            Say($"import  (settings: {name})", new InProcess { Host = host }.Run("import", "--store", In("s"), nario));
        }

        FakeHost daemon = new() { Files = { ["/nix/var/nix"] = null, ["/nix/var/nix/daemon-socket/socket"] = null } };
        Say("import  (on a machine with a daemon)", new InProcess { Host = daemon }.Run("import", nario));
        SayStore("import", "--trusted-public-keys", "nonsense", TestFiles.Golden("17-signed-notultimate.v2.nario"));
    }

    private void RunExports()
    {
        new InProcess { Host = new FakeHost() }
            .Run("import", "--store", In("store"), "--no-check-sigs", TestFiles.Golden("09-closure.v2.nario"));
        string[] export = ["export", "--format", "2", "--store", In("store")];
        Say([.. export, "/nix/store/00000000000000000000000000000000-missing"]);
        Say([.. export, "/nix/store/short"]);
        Say([.. export, ""]);
        Say([.. export, In("missing")]);
        Directory.CreateDirectory(In("My Project"));
        Say([.. export, In("My Project")]);
        Say([.. export, "--name", "other", App]);
        File.CreateSymbolicLink(In("loop"), "loop");
        Say([.. export, In("loop")]);
        Say([.. export, App]);
        string file = Directory.EnumerateFiles(In("store", App[1..]), "*", SearchOption.AllDirectories)
            .First(static name => new FileInfo(name).LinkTarget is null);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.AppendAllText(file, "more");
        Say([.. export, App, "-o", In("changed")]);
        Say([.. export[..2], "1", .. export[3..], App, "-o", In("changed")]);
    }

    private void RunDerivations()
    {
        foreach ((string name, string text) in ((string, string)[])
            [
                ("text", "no derivation"),
                ("no-end", "Derive([(\"out\",\"/nix/store"),
                ("path", "Derive([(\"out\",\"/tmp/x\",\"\",\"\")],[],[],\"system\",\"builder\",[],[])"),
            ])
        {
            byte[] nar = Wire.Nar(new FileNode(Encoding.UTF8.GetBytes(text)));
            SayImport(Write($"{name}.drv", NarioBuilder.Nario2(NarioBuilder.Entry2(nar, $"{Path}.drv"))));
        }

        SayImport(Write("executable.drv", NarioBuilder.Nario2(NarioBuilder.Entry2(Tree("a"), $"{Path}.drv"))));
    }

    private void RunSuccess()
    {
        byte[] whole = NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar));
        Say("list", Write("zeros", new byte[4096]));
        Say("list", Write("two", [.. whole, .. whole]));
        Say("list  (of a pipe with two)", new InProcess { Input = new PipeStream([.. whole, .. whole]) }.Run("list"));
        Say("list", Write("one", whole), In("zeros"));
        string source = In("source");
        File.WriteAllText(source, "text");
        Say("export", "--format", "2", "-o", In("out"), "-v", source);
        string closure = TestFiles.Golden("09-closure.v2.nario");
        string[] import = ["import", "--store", In("filled"), "--no-check-sigs"];
        Say([.. import, "-v", TestFiles.Golden("03-file-nar.v2.nario")]);
        Say([.. import, "-vv", TestFiles.Golden("03-file-nar.v2.nario")]);
        Say([.. import, closure]);
        Say("export", "--format", "2", "--store", In("filled"), App, "-o", In("out"));
    }

    private void RunSystem()
    {
        Say("  (Ctrl-C)", new OperationCanceledException(), new CancellationToken(canceled: true));
        Say("  (a system call fails)", new PosixException("write", "standard output", 28));
        Say("  (nobody reads the output)", new PosixException("write", DescriptorStream.StandardOutputName, 32));
        Say(
            "  (.NET fails to move a file)",
            PosixException.Wrap("replace", "out.nario", new UnauthorizedAccessException("Access to the path…")));
        Say("  (no memory)", new InsufficientMemoryException());
        Say(
            "  (a library is missing)",
            new TypeInitializationException(
                "T", new DllNotFoundException("Unable to load shared library 'x' or one of its dependencies. In…")));
        Say("  (a fault of the program)", new InvalidTimeZoneException("of any text"));
    }

    private void Section(string title) => _lines.AddRange(["", $"== {title} =="]);

    private void Say(params string[] arguments) =>
        Say(string.Join(' ', arguments.Select(Show)), new InProcess { Host = new FakeHost() }.Run(arguments));

    /// <summary>Runs a command with a store of its own.</summary>
    private void SayStore(params string[] arguments) => Say(
        string.Join(' ', arguments.Select(Show)),
        new InProcess { Host = new FakeHost() }
            .Run([arguments[0], "--store", In($"fresh{_storeCount++}"), .. arguments[1..]]));

    private void SayImport(string file) => SayStore("import", "--no-check-sigs", file);

    private void Say(string line, Exception error, CancellationToken cancellation = default)
    {
        using StringWriter text = new() { NewLine = "\n" };
        int code = ErrorReport.Write(error, new ProgramContext
        {
            OpenInput = static _ => Stream.Null,
            OpenOutput = static () => Stream.Null,
            Error = text,
            Host = new FakeHost(),
            Cancellation = cancellation,
        }, "nario", showsDetails: false);
        Say(line, new RunResult(code, [], text.ToString()));
    }

    private void Say(string line, RunResult result)
    {
        _lines.Add("");
        _lines.Add(Neutral($"nario {line}").TrimEnd());
        string[] said = [.. result.Errors.Split('\n').Where(static text => text.Length > 0)];
        _lines.AddRange(said.Select(text => $"  {Neutral(text)}"));
        if (said.Length == 0 || result.ExitCode is not (ExitCodes.Success or ExitCodes.Failure))
        {
            _lines.Add($"  (exit code {result.ExitCode})");
        }
    }

    /// <summary>Leaves out what is different in every run and on every machine.</summary>
    private string Neutral(string text)
    {
        string neutral = text
            .Replace(_folder.Path, "DIR", StringComparison.Ordinal)
            .Replace(TestFiles.Golden(), "GOLDEN", StringComparison.Ordinal)
            .Replace(TestFiles.Repository, "REPOSITORY", StringComparison.Ordinal);
        return Seconds().Replace(neutral, "in 0.1 s");
    }

    private string Show(string argument)
    {
        string neutral = Neutral(argument);
        return neutral.Length == 0 || neutral.Contains(' ', StringComparison.Ordinal) ? $"'{neutral}'" : neutral;
    }

    private string In(params string[] names) => _folder.Join(names);

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(In(name), bytes);
        return In(name);
    }

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Tree(params string[] names) =>
        Wire.Nar(new DirectoryNode(
        [
            .. names.Select(static name =>
                new KeyValuePair<byte[], Node>(Encoding.UTF8.GetBytes(name), new FileNode([]))),
        ]));

    private static byte[] Nario1(byte[] nar) => NarioBuilder.Nario1(NarioBuilder.Entry1(nar));

    /// <summary>Makes a nario that says something of a good NAR.</summary>
    private static byte[] Nario2(NarioPathInfo said) =>
        NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar, said));

    /// <summary>Changes a byte behind the first place where a text stands.</summary>
    private static byte[] Spoil(byte[] nar, string text, int offset)
    {
        byte[] spoilt = [.. nar];
        spoilt[spoilt.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) + offset] = (byte)'x';
        return spoilt;
    }

    private static byte[] Outside()
    {
        Wire wire = new Wire().Number(1).Raw(NarioBuilder.GoodNar).Number(0x4558494e);
        return wire.Text($"/gnu/store/{Path}").Number(0).Text("").Number(0).ToArray();
    }

    [GeneratedRegex("in [0-9]+[.][0-9] s$")]
    private static partial Regex Seconds();
}
