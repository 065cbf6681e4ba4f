using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Yaml;

/// <summary>A node of a YAML document, with its place.</summary>
public abstract record YamlNode(SourceSpan Span);
