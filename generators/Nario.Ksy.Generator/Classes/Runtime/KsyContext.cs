using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace Nario.Ksy.Runtime;

/// <summary>What all streams of one input share: the bytes behind them, and how much work was done.</summary>
internal sealed class KsyContext
{
    /// <summary>Most objects that contain each other, and most values that are computed from each other.</summary>
    private const int MaxDepth = 512;

    /// <summary>Most elements of lists that take nothing from the input.</summary>
    private const int MaxEmptyElements = 100_000;

    private readonly Stream? _source;
    private int _depth;
    private int _emptyElements;

    public KsyContext(Stream? source)
    {
        _source = source;
    }

    public void Enter(KsyInput input, string path)
    {
        if (_depth >= MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw input.Error(KsyErrorKind.Limit, path, "at most " + MaxDepth + " objects inside each other", "more");
        }

        _depth++;
    }

    public void Leave() => _depth--;

    public void CountEmptyElement(KsyInput input, string path)
    {
        if (++_emptyElements > MaxEmptyElements)
        {
            throw input.Error(KsyErrorKind.Limit, path, "at most " + MaxEmptyElements + " empty elements", "more");
        }
    }

    /// <summary>Reads bytes of the source; false when it ends before.</summary>
    public bool TryRead(long offset, Span<byte> target)
    {
        Stream source = _source!;
        source.Position = offset;
        return source.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
    }

    public void Close() => _source?.Dispose();
}
