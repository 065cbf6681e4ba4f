using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// Warns of names that the style guide of the language would not give: a member that is only the size, the count or the
/// position of one field. The prefix alone is good enough.
/// </summary>
internal static class StyleChecks
{
    /// <summary>Checks a specification, all its types.</summary>
    public static void Report(UnitSymbol unit)
    {
        Dictionary<string, int> uses = CountUses(unit.Root);
        foreach (TypeSymbol type in unit.Root.SelfAndNested)
        {
            Report(type, uses);
        }
    }

    private static void Report(TypeSymbol type, Dictionary<string, int> uses)
    {
        IEnumerable<(string? Name, AttributeSyntax Field, Expression? Position)> fields = type.Fields
            .Select(static field => (field.Syntax.Id?.Text, field.Syntax, (Expression?)null))
            .Concat(type.Instances.OfType<ParsedInstanceSymbol>().Select(
                static instance => ((string?)instance.Name, instance.Syntax.Field, instance.Syntax.Position)));
        foreach ((string? name, AttributeSyntax field, Expression? position) in fields)
        {
            if (name is not null)
            {
                Check(type, uses, field.Size, name, "len_", BindingRules.StyleSize);
                Check(type, uses, (field.Repeat as RepeatCount)?.Count, name, "num_", BindingRules.StyleCount);
                Check(type, uses, position, name, "ofs_", BindingRules.StylePosition);
            }
        }
    }

    private static void Check(
        TypeSymbol type,
        Dictionary<string, int> uses,
        Expression? expression,
        string field,
        string prefix,
        KsyRule rule)
    {
        if (expression is NameReference reference
            && reference.Name != prefix + field
            && reference.Name + "_" != prefix
            && uses[reference.Name] == 1
            && type.Member(reference.Name) is { } member)
        {
            type.Unit.Diagnostics.Report(rule, member.Span, member.Name, field);
        }
    }

    /// <summary>Counts how often each name is used in a specification, whatever it means there.</summary>
    private static Dictionary<string, int> CountUses(TypeSymbol root)
    {
        Dictionary<string, int> uses = new(StringComparer.Ordinal);
        foreach (Expression expression in root.SelfAndNested.SelectMany(SyntaxExpressions.Of))
        {
            foreach (string name in SyntaxExpressions.Names(expression))
            {
                uses[name] = uses.TryGetValue(name, out int count) ? count + 1 : 1;
            }
        }

        return uses;
    }
}
