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
        using FaultyStream input = new(new InvalidTimeZoneException("line\nline"));

        RunResult result = new InProcess { Input = input }.Run("list");
        RunResult detailed = new InProcess { Input = input }.Run("list", "-vv");

        Assert.Equal("unexpected InvalidTimeZoneException: line\\x0aline", result.AssertError());
        Assert.Contains("   at ", detailed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_library_that_is_missing()
    {
        DllNotFoundException missing = new("Unable to load shared library 'x' or one of its dependencies. In order to…\n");
        using FaultyStream input = new(new TypeInitializationException("Type", new PlatformNotSupportedException("no", missing)));

        RunResult result = new InProcess { Input = input }.Run("list");

        Assert.Equal("Unable to load shared library 'x' or one of its dependencies", result.AssertError());
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

    private sealed class FaultyStream(Exception fault) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw fault;

        public override int Read(Span<byte> buffer) => throw fault;
    }
}
