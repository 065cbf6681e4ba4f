using FsCheck.Xunit;
using Nario.Codec.Tests.Framing;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Properties;

/// <summary>However a nario is read, it says the same.</summary>
[Properties(Arbitrary = [typeof(NarioArbitraries)], MaxTest = 40)]
public sealed class ReadingModeTests
{
    [Property]
    public void Every_mode_accepts_and_ends_at_the_same_offset(SampleNario nario)
    {
        byte[] bytes = nario.ToBytes();
        Verdict accepted = new(true, bytes.Length);
        Assert.Equal(accepted, NarioModes.Read(bytes));
        Assert.Equal(accepted, NarioModes.Skip(bytes));
    }

    [Property]
    public void Every_mode_reads_a_NAR_to_its_end(Node tree)
    {
        byte[] bytes = Wire.Nar(tree);
        Assert.Equal(new Verdict(true, bytes.Length), NarModes.Read(bytes));
    }

    [Property]
    public void Infos_and_offsets_do_not_depend_on_the_stream(SampleNario nario, ReadSizes sizes, int seed)
    {
        byte[] bytes = nario.ToBytes();
        List<string> expected = Trace(new MemoryStream(bytes), seed);
        Assert.Equal(expected, Trace(new ForwardStream(bytes, sizes.Sizes), seed));
        using MemoryStream shifted = new([.. new byte[13], .. bytes]);
        shifted.Position = 13;
        Assert.Equal(expected, Trace(shifted, seed));
    }

    [Property]
    public void A_consumer_gets_exactly_the_NAR(SampleNario nario, ReadSizes sizes, int seed)
    {
        Random random = new(seed);
        using NarioReader reader = NarioReader.Open(
            random.Next(2) == 0 ? new MemoryStream(nario.ToBytes()) : new ForwardStream(nario.ToBytes(), sizes.Sizes));
        foreach (SamplePath path in nario.Paths)
        {
            Assert.True(reader.Read());
            RecordingConsumer consumer = new();
            reader.Nar.Attach(consumer);
            reader.Nar.SkipContents = random.Next(2) == 0;
            int tokens = random.Next(20);
            bool isComplete = false;
            while (!isComplete && tokens-- > 0)
            {
                isComplete = !reader.Nar.Read();
            }

            switch (random.Next(3))
            {
                case 0 when isComplete:
                    break;
                case 1:
                    reader.SkipNar();
                    reader.Nar.Detach(consumer);
                    break;
                default:
                    while (reader.Nar.Read())
                    {
                    }

                    break;
            }

            Assert.Equal(Wire.Nar(path.Tree), consumer.ToArray());
            reader.ReadInfo();
            Assert.Equal(Wire.Nar(path.Tree).Length, consumer.Length);
        }

        Assert.False(reader.Read());
    }

    [Property]
    public void A_NAR_can_be_read_again_any_time(SampleNario nario, int seed)
    {
        Random random = new(seed);
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario.ToBytes()));
        Assert.True(reader.CanRewindNar);
        foreach (SamplePath path in nario.Paths)
        {
            Assert.True(reader.Read());
            for (int round = random.Next(4); round > 0; round--)
            {
                Act(reader, random);
                reader.RewindNar();
                Assert.Equal(NarToken.None, reader.Nar.Token);
            }

            if (random.Next(2) == 0)
            {
                long begin = reader.Offset;
                Assert.Equal(Wire.Nar(path.Tree), RereadFrom(reader, begin));
            }
            else
            {
                Act(reader, random);
            }

            if (random.Next(2) == 0)
            {
                Assert.Equal(path.Info, reader.ReadInfo());
            }
        }

        Assert.False(reader.Read());
        Assert.Equal(nario.ToBytes().Length, reader.Offset);
    }

    [Property]
    public void Contents_come_as_streams(Node tree, ReadSizes sizes, int seed)
    {
        Random random = new(seed);
        NarCursor nar = new(new ForwardStream(Wire.Nar(tree), sizes.Sizes)) { SkipContents = random.Next(2) == 0 };
        foreach (FileNode file in Files(tree))
        {
            do
            {
                Assert.True(nar.Read());
                Assert.NotEqual(NarToken.Contents, nar.Token);
            }
            while (nar.Token != NarToken.File);

            Assert.Equal(file.IsExecutable, nar.IsExecutable);
            using Stream contents = nar.OpenContents();
            Assert.Equal(file.Contents.Length, contents.Length);
            byte[] part = new byte[random.Next(file.Contents.Length + 2)];
            int length = contents.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            Assert.Equal(Math.Min(part.Length, file.Contents.Length), length);
            Assert.Equal(file.Contents.AsSpan(0, length), part.AsSpan(0, length));
            Assert.Equal(length, contents.Position);
        }

        while (nar.Read())
        {
            Assert.NotEqual(NarToken.File, nar.Token);
        }
    }

    private static byte[] RereadFrom(NarioReader reader, long begin)
    {
        if (reader.Nar.Token != NarToken.None || reader.Nar.IsComplete)
        {
            reader.RewindNar();
            begin = reader.Offset;
        }

        RecordingConsumer consumer = new();
        reader.Nar.Attach(consumer);
        reader.Nar.SkipContents = false;
        Node tree = TreeSink.Read(reader.Nar);
        Assert.Equal(begin + consumer.Length, reader.Offset);
        Assert.Equal(Wire.Nar(tree), consumer.ToArray());
        return consumer.ToArray();
    }

    /// <summary>Does something with the current path, and says what was seen.</summary>
    private static string Act(NarioReader reader, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                reader.SkipNar();
                return $"skipped to {reader.Offset}";
            case 1:
                return $"{Say(reader.ReadInfo())} to {reader.Offset}";
            case 2:
                reader.Nar.SkipContents = true;
                int count = random.Next(12);
                string tokens = string.Empty;
                while (count-- > 0 && reader.Nar.Read())
                {
                    tokens += $"{reader.Nar.Token}@{reader.Nar.Offset} {Convert.ToHexString(reader.Nar.Name)} ";
                }

                return $"{tokens} complete: {reader.Nar.IsComplete}";
            case 3:
                reader.Nar.SkipContents = false;
                int files = random.Next(3);
                while (files > 0 && reader.Nar.Read())
                {
                    files -= reader.Nar.Token == NarToken.File ? 1 : 0;
                }

                if (reader.Nar.Token == NarToken.File)
                {
                    using Stream contents = reader.Nar.OpenContents();
                    int first = contents.ReadByte();
                    return $"{reader.Nar.Length} from {first}";
                }

                return "no file";
            default:
                return "left";
        }
    }

    private static List<string> Trace(Stream stream, int seed)
    {
        Random random = new(seed);
        using NarioReader reader = NarioReader.Open(stream);
        List<string> trace = [];
        while (reader.Read())
        {
            trace.Add($"path at {reader.Offset}: {Say(reader.Info)}");
            trace.Add(Act(reader, random));
            trace.Add(random.Next(2) == 0 ? Say(reader.ReadInfo()) : "unasked");
        }

        trace.Add($"end at {reader.Offset}");
        return trace;
    }

    private static string Say(NarioPathInfo? info) =>
        info is null ? "unknown" : $"{info} {string.Join(' ', info.References)} {string.Join(' ', info.Signatures)}";

    private static IEnumerable<FileNode> Files(Node node) =>
        node switch
        {
            FileNode file => [file],
            DirectoryNode directory => directory.Entries.SelectMany(entry => Files(entry.Value)),
            _ => [],
        };
}
