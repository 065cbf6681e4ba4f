namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the use of what the code of all specifications shares, and knows what of it is used.</summary>
internal sealed class SupportUse
{
    private readonly HashSet<SupportMember> _used = [];

    /// <summary>Whether nothing is.</summary>
    public bool IsEmpty => _used.Count == 0;

    /// <summary>Whether generated code, or a member that it uses, uses a member.</summary>
    public bool Has(SupportMember member) => _used.Contains(member);

    /// <summary>Writes a call of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="arguments">Its arguments, as C#.</param>
    public string Call(SupportMember member, params string[] arguments) =>
        $"{Name(member)}({string.Join(", ", arguments)})";

    /// <summary>Writes the name of a member.</summary>
    public string Name(SupportMember member)
    {
        Add(member);
        return member.Name;
    }

    private void Add(SupportMember member)
    {
        if (_used.Add(member))
        {
            foreach (SupportMember needed in member.Needs)
            {
                Add(needed);
            }
        }
    }
}
