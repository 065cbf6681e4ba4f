namespace Nario.Codec.Tests.Trees;

/// <summary>A regular file.</summary>
public sealed record FileNode(byte[] Contents, bool IsExecutable = false) : Node;
