using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>Ends work early, and in ways that nobody has thought of.</summary>
public sealed class FailureTests
{
    [Fact]
    public void Ends_when_it_is_interrupted()
    {
        using CancellationTokenSource source = new();
        InterruptingStream input = new(File.ReadAllBytes(TestFiles.Golden("09-closure.v2.nario")), source);

        RunResult result = new InProcess { Input = input, Cancellation = source.Token }.Run("list", "-R");

        Assert.Equal("error: interrupted by the user\n", result.Errors);
        Assert.Equal(ExitCodes.Interrupted, result.ExitCode);
    }

    [Fact]
    public void Says_in_one_line_what_nobody_has_thought_of()
    {
        using FaultyStream input = new();

        RunResult result = new InProcess { Input = input }.Run("list");
        RunResult detailed = new InProcess { Input = input }.Run("list", "-vv");

        Assert.Equal("unexpected InvalidTimeZoneException: line\\x0aline", result.AssertError());
        Assert.Contains("   at ", detailed.Errors, StringComparison.Ordinal);
    }

    private sealed class InterruptingStream(byte[] bytes, CancellationTokenSource source) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            source.Cancel();
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            source.Cancel();
            return base.Read(buffer);
        }
    }

    private sealed class FaultyStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw Fault();

        public override int Read(Span<byte> buffer) => throw Fault();

        private static InvalidTimeZoneException Fault() => new("line\nline");
    }
}
