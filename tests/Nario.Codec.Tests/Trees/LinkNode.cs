namespace Nario.Codec.Tests.Trees;

/// <summary>A symbolic link.</summary>
public sealed record LinkNode(byte[] Target) : Node;
