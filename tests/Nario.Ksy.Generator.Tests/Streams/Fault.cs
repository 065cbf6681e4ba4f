namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>What a reader says is wrong.</summary>
public sealed record Fault(long Offset, string Path, string Message, bool IsTruncated);
