using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>A name with its place.</summary>
public sealed record Identifier(string Text, SourceSpan Span);
