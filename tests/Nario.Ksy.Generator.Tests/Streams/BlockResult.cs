namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>What became of a block.</summary>
/// <param name="Consumed">Bytes of it that were read.</param>
/// <param name="ToSkip">Bytes to pass over before the next block begins.</param>
/// <param name="IsComplete">Whether everything has been read.</param>
public readonly record struct BlockResult(int Consumed, long ToSkip, bool IsComplete);
