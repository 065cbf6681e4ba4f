using System.Buffers;
using Nario.Codec;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>A NAR by itself.</summary>
public sealed class NarFormat : StreamFormat
{
    private readonly NarState _state = new();

    public override string ContentToken => NarTokens.Content;

    public override int MinimumBlockSize => NarReader.MinimumBlockSize;

    public override void Restart() => _state.Reset();

    public override BlockResult Read(ReadOnlySpan<byte> block, bool isFinal, bool skipContent, Trace trace) =>
        NarTokens.Read(block, isFinal, skipContent, trace, _state);

    public override void Write(IReadOnlyList<TraceItem> items, int pieceSize, IBufferWriter<byte> output) =>
        NarTokens.Write(items, pieceSize, output, _state);

    public override IReadOnlyList<TraceItem> Make(Random random) => NarTokens.Make(random);
}
