namespace Nario.Ksy.Lowering;

/// <summary>What the members of one object mean while its type is lowered.</summary>
internal sealed class Scope(TypeDeclaration type)
{
    private readonly Dictionary<string, Meaning> _members = [];

    public TypeDeclaration Type { get; } = type;

    public Meaning? this[string name]
    {
        get => _members.TryGetValue(name, out Meaning? meaning) ? meaning : null;
        set => _members[name] = value!;
    }

    /// <summary>What <c>_</c> stands for, or null.</summary>
    public Meaning? Current { get; set; }

    /// <summary>What <c>_index</c> stands for, or null.</summary>
    public TypedValue? Index { get; set; }
}
