using Nario.Ksy.Binding;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Where code goes, and what surrounds it.</summary>
/// <param name="Procedure">The procedure that is being made.</param>
/// <param name="Origin">The field that is being lowered, or the type before its first field.</param>
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
    InstructionOrigin Origin,
    string SpecPath,
    IReadOnlyList<string> Path,
    IReadOnlyList<string> Labels,
    string? Doc,
    SizeLimit? Limit,
    YieldInstruction? List)
{
    /// <summary>The instruction that comes before the next one, or null.</summary>
    public Instruction? Previous => Procedure.Instructions.LastOrDefault();

    /// <summary>The beginning of a procedure that nothing surrounds.</summary>
    public static Place Of(Procedure procedure, TypeDeclaration type) =>
        new(procedure, OriginOf(type), type.SpecPath, [], [], type.Model.Doc, null, null);

    /// <summary>The same place, for a type in it.</summary>
    public Place For(TypeDeclaration type) => this with { Origin = OriginOf(type) };

    /// <summary>The same place, for a field of its type.</summary>
    public Place For(Field field) => this with { Origin = Origin with { Span = field.Span } };

    public Place Into(string id) => this with { Path = [.. Path, id], Labels = [.. Labels, id] };

    /// <summary>Where the specification states a field, for messages.</summary>
    public string PathOf(Field field) => $"{SpecPath}/{field.Name}";

    /// <summary>Refuses the field if a size limit around it could not count it.</summary>
    public void RefuseLimit()
    {
        if (Limit is not null)
        {
            Origin.Report(
                BindingRules.AnnotationPlace,
                "-max-size",
                "cannot limit streamed fields, recursive types and other specifications");
        }
    }

    /// <summary>Refuses a <c>valid</c> of the field, whose type is read piece by piece.</summary>
    public void RefuseValidation(Field field)
    {
        if (field.Valid is not null)
        {
            Origin.Diagnostics.Report(
                LoweringRules.Unsupported,
                field.Span,
                "'valid' of a type that is read piece by piece");
        }
    }

    private static InstructionOrigin OriginOf(TypeDeclaration type) => new(type.Unit.Diagnostics, type.Span);
}
