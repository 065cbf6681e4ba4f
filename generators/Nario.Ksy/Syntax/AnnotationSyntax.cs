using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>A key that begins with <c>-</c>: the official tools ignore it, ours may give it a meaning.</summary>
/// <param name="Key">The key with its <c>-</c>.</param>
/// <param name="Value">What stands under it.</param>
/// <param name="Span">The key's place.</param>
public sealed record AnnotationSyntax(string Key, YamlNode Value, SourceSpan Span);
