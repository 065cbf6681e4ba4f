namespace Nario.Codec.Tests.Trees;

/// <summary>A path of a <see cref="SampleNario"/>.</summary>
public sealed record SamplePath(NarioPathInfo Info, Node Tree);
