using System.Text;
using Nario.Codec;

namespace Nario.Testing;

/// <summary>Trees to restore.</summary>
internal static class SampleTree
{
    /// <summary>The contents of the file <c>large</c>: more than any block, and not a multiple of one.</summary>
    private static readonly byte[] LargeContents = MakeLargeContents();

    /// <summary>Tells of a tree with every kind of node, and names that are not UTF-8 or sort unlike text.</summary>
    internal static void Write(INarSink sink)
    {
        sink.BeginDirectory();
        WriteFile(sink, "-dash"u8, false, "dash"u8);
        sink.BeginEntry("bin"u8);
        sink.BeginDirectory();
        WriteFile(sink, "run"u8, true, "#!/bin/sh\n"u8);
        sink.EndDirectory();
        WriteFile(sink, "bin-"u8, false, []);
        WriteLink(sink, "dangling"u8, "/no/such/../thing"u8);
        sink.BeginEntry("empty"u8);
        sink.BeginDirectory();
        sink.EndDirectory();
        WriteFile(sink, "large"u8, false, LargeContents);
        WriteLink(sink, "self"u8, "."u8);
        WriteFile(sink, [0x80, (byte)'\n', 0xff], false, [0]);
        sink.EndDirectory();
    }

    /// <summary>Tells of so many files that they are still restored when all of them have been read.</summary>
    internal static void WriteMany(INarSink sink)
    {
        const int Count = 3000;
        sink.BeginDirectory();
        for (int number = 0; number < Count; number++)
        {
            WriteFile(sink, Encoding.ASCII.GetBytes($"{number:d6}"), false, []);
        }

        sink.EndDirectory();
    }

    internal static void WriteFile(INarSink sink, ReadOnlySpan<byte> name, bool isExecutable, ReadOnlySpan<byte> contents)
    {
        sink.BeginEntry(name);
        WriteFile(sink, isExecutable, contents);
    }

    internal static void WriteFile(INarSink sink, bool isExecutable, ReadOnlySpan<byte> contents)
    {
        sink.BeginFile(isExecutable, (ulong)contents.Length);
        int half = contents.Length / 2;
        if (half > 0)
        {
            sink.WriteContents(contents[..half]);
        }

        if (contents.Length > half)
        {
            sink.WriteContents(contents[half..]);
        }
    }

    internal static void WriteLink(INarSink sink, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        sink.BeginEntry(name);
        sink.WriteSymlink(target);
    }

    private static byte[] MakeLargeContents()
    {
        byte[] contents = new byte[600_001];
        new Random(1).NextBytes(contents);
        return contents;
    }
}
