using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Model;

/// <summary>A parameter of a type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Span">Where it stands.</param>
public sealed record Parameter(string Name, DataType Type, string? Doc, SourceSpan Span);
