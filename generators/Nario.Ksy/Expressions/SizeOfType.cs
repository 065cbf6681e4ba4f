using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>sizeof&lt;type&gt;</c> or <c>bitsizeof&lt;type&gt;</c>.</summary>
public sealed record SizeOfType(TypeName Type, bool InBits, SourceSpan Span) : Expression(Span);
