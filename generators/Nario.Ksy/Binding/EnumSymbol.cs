using System.Numerics;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>A declared enumeration.</summary>
internal sealed class EnumSymbol(TypeSymbol owner, EnumSyntax syntax)
{
    private readonly Dictionary<string, EnumMemberSyntax> _members = Index(syntax);

    public TypeSymbol Owner { get; } = owner;

    public EnumSyntax Syntax { get; } = syntax;

    public EnumId Id { get; } = new(owner.Id, syntax.Name.Text);

    /// <summary>The integers that its own specification reads as it, and its members.</summary>
    public Interval? Range { get; private set; } = RangeOf(syntax);

    public EnumMemberSyntax? Member(string label) =>
        _members.TryGetValue(label, out EnumMemberSyntax? member) ? member : null;

    /// <summary>Notes that <paramref name="user"/> reads or computes such integers as this enumeration.</summary>
    public void Use(TypeSymbol user, Interval range)
    {
        if (user.Unit == Owner.Unit)
        {
            Range = Range?.Union(range) ?? range;
        }
    }

    private static Dictionary<string, EnumMemberSyntax> Index(EnumSyntax syntax)
    {
        Dictionary<string, EnumMemberSyntax> members = new(StringComparer.Ordinal);
        foreach (EnumMemberSyntax member in syntax.Members.Where(member => !members.ContainsKey(member.Label)))
        {
            members.Add(member.Label, member);
        }

        return members;
    }

    private static Interval? RangeOf(EnumSyntax syntax)
    {
        if (syntax.Members.Count == 0)
        {
            return null;
        }

        BigInteger low = syntax.Members.Min(member => member.Value);
        return new Interval(low, syntax.Members.Max(member => member.Value));
    }
}
