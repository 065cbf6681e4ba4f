using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>Literal bytes, encoded.</summary>
public sealed record ContentsSyntax(IReadOnlyList<byte> Bytes, SourceSpan Span);
