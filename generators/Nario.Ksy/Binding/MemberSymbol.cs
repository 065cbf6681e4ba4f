using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>A member of a type by its name. The hierarchy is closed.</summary>
internal abstract class MemberSymbol(TypeSymbol owner, string name, MemberKind kind, SourceSpan span)
{
    public TypeSymbol Owner { get; } = owner;

    public string Name { get; } = name;

    public MemberKind Kind { get; } = kind;

    /// <summary>Where its name stands.</summary>
    public SourceSpan Span { get; } = span;
}

/// <summary>A parameter.</summary>
internal sealed class ParameterSymbol(TypeSymbol owner, ParameterSyntax syntax)
    : MemberSymbol(owner, syntax.Id.Text, MemberKind.Parameter, syntax.Id.Span)
{
    public ParameterSyntax Syntax { get; } = syntax;
}

/// <summary>An element of <c>seq</c>; one without a name gets one that no specification can use.</summary>
internal sealed class FieldSymbol(TypeSymbol owner, AttributeSyntax syntax, int index)
    : MemberSymbol(
        owner,
        syntax.Id?.Text ?? FormattableString.Invariant($"_unnamed{index}"),
        MemberKind.Field,
        syntax.Id?.Span ?? syntax.Span)
{
    public AttributeSyntax Syntax { get; } = syntax;
}

/// <summary>An element of <c>instances</c>.</summary>
internal abstract class InstanceSymbol(TypeSymbol owner, Identifier name)
    : MemberSymbol(owner, name.Text, MemberKind.Instance, name.Span)
{
    public static InstanceSymbol Create(TypeSymbol owner, InstanceSyntax syntax) => syntax switch
    {
        ValueInstanceSyntax value => new ValueInstanceSymbol(owner, value),
        ParsedInstanceSyntax parsed => new ParsedInstanceSymbol(owner, parsed),
        _ => throw Unreachable.Case(syntax),
    };
}

/// <summary>A computed instance.</summary>
internal sealed class ValueInstanceSymbol(TypeSymbol owner, ValueInstanceSyntax syntax)
    : InstanceSymbol(owner, syntax.Id)
{
    public ValueInstanceSyntax Syntax { get; } = syntax;
}

/// <summary>A parsed instance.</summary>
internal sealed class ParsedInstanceSymbol(TypeSymbol owner, ParsedInstanceSyntax syntax)
    : InstanceSymbol(owner, syntax.Id)
{
    public ParsedInstanceSyntax Syntax { get; } = syntax;
}
