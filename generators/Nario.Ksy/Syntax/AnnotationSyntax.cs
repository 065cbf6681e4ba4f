using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>A key that begins with <c>-</c>: the official tools ignore it, ours may give it a meaning.</summary>
public sealed record AnnotationSyntax(string Key, YamlNode Value, SourceSpan Span);
