using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>The names of one type while it is lowered.</summary>
internal sealed class Scope(TypeDeclaration type)
{
    private readonly Dictionary<string, Meaning> _names = [];

    public TypeDeclaration Type { get; } = type;

    /// <summary>Value instances, lowered where they are used.</summary>
    public Dictionary<string, Expression> Instances { get; } =
        type.Syntax.Instances.OfType<ValueInstanceSyntax>().ToDictionary(item => item.Id.Text, item => item.Value!);

    public Meaning? this[string name]
    {
        get => _names.TryGetValue(name, out Meaning? meaning) ? meaning : null;
        set => _names[name] = value!;
    }

    /// <summary>What <c>_</c> stands for, or null.</summary>
    public Meaning? Current { get; set; }

    /// <summary>What <c>_index</c> stands for, or null.</summary>
    public TypedValue? Index { get; set; }
}
