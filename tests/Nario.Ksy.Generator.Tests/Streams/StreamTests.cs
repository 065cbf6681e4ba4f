using FsCheck.Xunit;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>What holds of every generated reader and writer, whatever the format.</summary>
public sealed class StreamTests
{
    [Property(MaxTest = 100)]
    public void WhatIsWritten_IsReadAgain(int seed)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Random random = new(seed);
            IReadOnlyList<TraceItem> items = format.Make(random);
            byte[] bytes = format.Write(items);
            Outcome outcome = format.Read(bytes);
            Assert.Null(outcome.Fault);
            Assert.Equal(items, outcome.Items);
            Assert.Equal(bytes.Length, outcome.Consumed);
        }
    }

    [Property(MaxTest = 100)]
    public void WhatIsRead_IsWrittenAgain(int seed)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Random random = new(seed);
            byte[] bytes = format.Write(format.Make(random));
            Assert.Equal(bytes, format.Write(format.Read(bytes).Items, random.Next(1, 20)));
        }
    }

    [Property(MaxTest = 100)]
    public void BlocksOfAnySizes_GiveWhatOneBlockGives(int seed)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Random random = new(seed);
            byte[] bytes = format.Write(format.Make(random));
            int most = random.Next(1, 40);
            Assert.Equal(format.Read(bytes), format.Read(bytes, () => random.Next(1, most + 1)));
            Assert.Equal(format.Read(bytes), format.Read(bytes, () => 1));
        }
    }

    [Property(MaxTest = 100)]
    public void ChangedInput_GivesTheSameErrorInBlocksOfAnySizes(int seed)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Random random = new(seed);
            byte[] bytes = format.Write(format.Make(random));
            for (int count = 0; count < 10; count++)
            {
                byte[] changed = Change(bytes, random);
                int most = random.Next(1, 40);
                Outcome whole = format.Read(changed);
                Outcome inBlocks = format.Read(changed, () => random.Next(1, most + 1));
                Assert.Equal(whole.Fault, inBlocks.Fault);
                Assert.Equal(whole.Items, inBlocks.Items);
                if (whole.Fault is null)
                {
                    byte[] written = format.Write(whole.Items);
                    Assert.Equal(whole.Items, format.Read(written).Items);
                    Assert.True(
                        !format.HasOneEncoding || changed.AsSpan(0, (int)whole.Consumed).SequenceEqual(written));
                }
            }
        }
    }

    [Property(MaxTest = 100)]
    public void PassingOverContent_AgreesWithReading(int seed)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Random random = new(seed);
            byte[] bytes = format.Write(format.Make(random));
            for (int count = 0; count < 5; count++)
            {
                byte[] input = count == 0 ? bytes : Change(bytes, random);
                int most = random.Next(1, 40);
                Outcome read = format.Read(input);
                Outcome skipped = format.Read(input, () => random.Next(1, most + 1), skipContent: true);
                Assert.Equal(read.Fault is null, skipped.Fault is null);
                Assert.Equal(read.Items.Where(item => item.Token != format.ContentToken), skipped.Items);
                if (read.Fault is { IsTruncated: false })
                {
                    Assert.Equal(read.Fault, skipped.Fault);
                }
            }
        }
    }

    [Property(MaxTest = 5)]
    public void EveryTruncation_IsToldFromOtherErrors(int seed)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Random random = new(seed);
            byte[] bytes = format.Write(format.Make(random));
            for (int length = 0; length < bytes.Length; length++)
            {
                Outcome outcome = format.Read(bytes[..length]);
                if (outcome.Fault is null)
                {
                    // Where a list goes on as long as there is input, it can end after any of its elements.
                    Assert.True(format.EndsAnywhere);
                    Assert.Equal(bytes[..length], format.Write(outcome.Items));
                    continue;
                }

                Assert.True(outcome.Fault.IsTruncated, outcome.Fault.Message);
                Assert.Equal(outcome.Fault, format.Read(bytes[..length], () => random.Next(1, 30)).Fault);
                Assert.NotNull(format.Read(bytes[..length], () => random.Next(1, 30), skipContent: true).Fault);
            }
        }
    }

    [Property(MaxTest = 500)]
    public void AnyBytes_AreReadOrRefused(byte[] bytes)
    {
        foreach (StreamFormat format in StreamFormat.All)
        {
            Assert.Equal(format.Read(bytes), format.Read(bytes, () => 3));
        }
    }

    /// <summary>Changes one byte: to any other, by one bit, or to what is often special.</summary>
    private static byte[] Change(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        int index = random.Next(bytes.Length);
        changed[index] = random.Next(3) switch
        {
            0 => (byte)random.Next(256),
            1 => (byte)(changed[index] ^ (1 << random.Next(8))),
            _ => (byte)(random.Next(2) == 0 ? 0 : 255),
        };
        return changed;
    }
}
