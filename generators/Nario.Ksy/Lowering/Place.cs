using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Where code goes, and what surrounds it.</summary>
/// <param name="Procedure">The procedure that is being made.</param>
/// <param name="SpecPath">
/// The type that is being lowered, for messages; of another specification's, the field that it is lowered for.
/// </param>
/// <param name="Path">Identifiers from the root to the type that is being lowered; names tokens.</param>
/// <param name="Labels">Identifiers from the procedure's type; names instructions and slots.</param>
/// <param name="Doc">Documentation of the field that the type is lowered for, or null.</param>
/// <param name="Limit">The size limit of a surrounding type, or null.</param>
/// <param name="List">The surrounding list, or null.</param>
internal sealed record Place(
    Procedure Procedure,
    string SpecPath,
    IReadOnlyList<string> Path,
    IReadOnlyList<string> Labels,
    string? Doc,
    SizeLimit? Limit,
    YieldInstruction? List)
{
    public Place Into(string id) => this with { Path = [.. Path, id], Labels = [.. Labels, id] };
}
