using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Yaml;

/// <summary>A scalar: its text as written (escapes resolved, nothing converted).</summary>
/// <param name="Text">The text.</param>
/// <param name="IsPlain">
/// Whether it stands without quotes and is no block, so that <c>5</c> is a number and <c>'5'</c> is text.
/// </param>
/// <param name="Span">Where it stands.</param>
public sealed record YamlScalar(string Text, bool IsPlain, SourceSpan Span) : YamlNode(Span);
