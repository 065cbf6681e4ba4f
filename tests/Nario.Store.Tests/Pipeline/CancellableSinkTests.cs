using Nario.Codec;
using Nario.Store.Pipeline;
using Nario.Store.Tests.Local;

namespace Nario.Store.Tests.Pipeline;

public sealed class CancellableSinkTests
{
    public static TheoryData<string, Action<INarSink>> Calls => new()
    {
        { "an entry", static sink => sink.BeginEntry("a"u8) },
        { "contents", static sink => sink.WriteContents("a"u8) },
        { "room for contents", static sink => sink.GetContentsSpan() },
    };

    /// <summary>These are the calls between which any length of time may pass.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void Ends_the_work_at(string what, Action<INarSink> call)
    {
        using CancellationTokenSource source = new();
        RecordingSink inner = new() { RoomLength = 1 };
        CancellableSink sink = new(inner, source.Token);
        sink.BeginDirectory();
        sink.BeginEntry("b"u8);
        sink.BeginFile(isExecutable: false, 2);
        sink.GetContentsSpan()[0] = (byte)'c';
        sink.AdvanceContents(1);

        source.Cancel();

        OperationCanceledException error = Assert.ThrowsAny<OperationCanceledException>(() => call(sink));
        Assert.True(error.CancellationToken == source.Token, what);
        Assert.Equal([" ["], inner.Lines);
    }
}
