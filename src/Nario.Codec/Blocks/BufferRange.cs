namespace Nario.Codec.Blocks;

/// <summary>A stretch of a buffer.</summary>
internal readonly record struct BufferRange(int Start, int Length);
