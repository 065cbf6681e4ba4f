using System.Text;
using Nario.Cli.Tests.Support;
using Nario.Codec;

namespace Nario.Cli.Tests;

/// <summary>Lists more than is held in memory.</summary>
public sealed class LargeListTests
{
    // A megabyte is held; this makes several.
    private const int FileCount = 40_000;

    private const string BaseName = "00000000000000000000000000000000-large";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Lists_many_files(int version)
    {
        byte[] nario = MakeNario(NarioVersion.Find(version)!);
        StringBuilder lines = new($"dr-xr-xr-x         0 /nix/store/{BaseName}\n");
        for (int number = 0; number < FileCount; number++)
        {
            lines.Append(MakeLine(number));
        }

        byte[] file = InProcess.Run(nario, "list", "-lR").AssertSuccess();
        byte[] pipe = new InProcess { Input = new PipeStream(nario) }.Run("list", "-lR").AssertSuccess();

        Assert.Equal(lines.ToString(), Encoding.ASCII.GetString(file));
        Assert.Equal(file, pipe);
        string json = InProcess.Run(nario, "list", "--json", "-R").AssertSuccess() is var bytes
            ? Encoding.ASCII.GetString(bytes)
            : "";
        Assert.Equal(FileCount, json.Split("{\"size\":").Length + json.Split("\"target\":").Length - 2
            + json.Split("{\"executable\":true,\"size\":").Length - 1);
        Assert.EndsWith($",\"version\":1}}\n", json, StringComparison.Ordinal);
    }

    private static string MakeName(int number) => $"a-rather-long-name-of-a-file-in-a-large-directory-{number:D6}";

    private static string MakeLine(int number) => (number % 3) switch
    {
        0 => $"-r--r--r-- {1,9} /nix/store/{BaseName}/{MakeName(number)}\n",
        1 => $"-r-xr-xr-x {0,9} /nix/store/{BaseName}/{MakeName(number)}\n",
        _ => $"lrwxrwxrwx {0,9} /nix/store/{BaseName}/{MakeName(number)} -> target\n",
    };

    private static byte[] MakeNario(NarioVersion version)
    {
        using MemoryStream output = new();
        NarioWriter writer = new(output, version);
        INarSink tree = writer.BeginPath(new NarioPathInfo
        {
            Path = BaseName,
            NarHash = version.HasInfoFirst ? new string('0', 64) : null,
            NarSize = version.HasInfoFirst ? Measure() : null,
        });
        WriteTree(tree);
        writer.EndPath();
        writer.Complete();
        return output.ToArray();
    }

    private static ulong Measure()
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        NarWriterSink<System.Buffers.ArrayBufferWriter<byte>> sink = new(output);
        WriteTree(sink);
        sink.Complete();
        return (ulong)output.WrittenCount;
    }

    private static void WriteTree(INarSink tree)
    {
        tree.BeginDirectory();
        for (int number = 0; number < FileCount; number++)
        {
            tree.BeginEntry(Encoding.ASCII.GetBytes(MakeName(number)));
            switch (number % 3)
            {
                case 0:
                    tree.BeginFile(isExecutable: false, 1);
                    tree.WriteContents("x"u8);
                    break;
                case 1:
                    tree.BeginFile(isExecutable: true, 0);
                    break;
                default:
                    tree.WriteSymlink("target"u8);
                    break;
            }
        }

        tree.EndDirectory();
    }
}
