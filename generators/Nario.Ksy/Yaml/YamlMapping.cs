using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Yaml;

/// <summary>A mapping in the order of the text; its keys are scalars and all different.</summary>
public sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, SourceSpan Span) : YamlNode(Span);
