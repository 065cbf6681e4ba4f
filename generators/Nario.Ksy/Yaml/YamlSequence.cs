using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Yaml;

/// <summary>A sequence of nodes.</summary>
public sealed record YamlSequence(IReadOnlyList<YamlNode> Items, SourceSpan Span) : YamlNode(Span);
