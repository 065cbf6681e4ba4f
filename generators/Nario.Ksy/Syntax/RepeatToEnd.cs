using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>To the end of the stream.</summary>
public sealed record RepeatToEnd(SourceSpan Span) : RepeatSyntax(Span);
