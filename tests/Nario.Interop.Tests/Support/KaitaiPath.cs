namespace Nario.Interop.Tests.Support;

/// <summary>What a reader finds of one path.</summary>
/// <param name="Path">The path as it stands in the nario, each byte as the character of the same number.</param>
/// <param name="NarSize">The size of its NAR in bytes.</param>
/// <param name="NarHash">The SHA-256 hash of its NAR, in hexadecimal digits.</param>
internal sealed record KaitaiPath(string Path, ulong NarSize, string NarHash);
