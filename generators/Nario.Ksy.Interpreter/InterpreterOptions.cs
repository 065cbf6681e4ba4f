using Nario.Ksy.Model;
using Nario.Ksy.Runtime;

namespace Nario.Ksy.Interpretation;

/// <summary>What the program adds to a specification.</summary>
public sealed record InterpreterOptions
{
    /// <summary>Nothing.</summary>
    public static InterpreterOptions None { get; } = new();

    /// <summary>Makes the routine of a custom process from its name and arguments; null where there is none.</summary>
    public Func<string, IReadOnlyList<object?>, IKsyProcess?> Process { get; init; } = static (_, _) => null;

    /// <summary>Gives the specification of an opaque type by its name; null where there is none.</summary>
    public Func<string, SpecModel?> OpaqueType { get; init; } = static _ => null;
}
