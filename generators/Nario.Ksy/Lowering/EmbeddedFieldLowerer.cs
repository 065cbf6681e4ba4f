using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers a field that the reader of another specification reads.</summary>
/// <param name="unit">The specification that the program is of.</param>
/// <param name="builder">The program.</param>
/// <param name="expressions">Lowers the size of the field.</param>
internal sealed class EmbeddedFieldLowerer(UnitDeclaration unit, StreamBuilder builder, ExpressionLowerer expressions)
{
    /// <summary>Lowers a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="type">The root of the other specification.</param>
    /// <param name="scope">The names that the field can use.</param>
    /// <param name="place">Where the type stands.</param>
    public void Lower(Field field, TypeDeclaration type, Scope scope, Place place)
    {
        place.RefuseLimit();
        if (type.Model.Fields.Count == 0 || type.Model.Parameters.Count > 0)
        {
            place.Origin.Report(
                LoweringRules.Unsupported,
                "a specification without fields or with parameters as the type of a field");
            return;
        }

        Extent? extent = ((StructLayout)field.Layout).Extent;
        if (extent is not (null or SizedExtent { Terminator: null, Padding: null }))
        {
            place.Origin.Report(LoweringRules.Unsupported, "'size-eos', 'terminator' and 'pad-right' of this type");
            return;
        }

        Value? size = null;
        if (extent is SizedExtent sized)
        {
            size = expressions.Size(sized.Size, scope);
            if (size is null)
            {
                return;
            }

            if (!ForwardFields.MustBeFilled(field))
            {
                place.Origin.Report(
                    LoweringRules.Unsupported,
                    "a sized field of this type that need not be filled (state 'valid: {expr: _._io.eof}')");
                return;
            }
        }
        else
        {
            place.RefuseValidation(field);
        }

        unit.Embed(type.Unit, field.Span);
        Token token = builder.NewToken(TokenKind.Embedded, place.Path, field.Doc, null);
        builder.Append(place, new EmbedInstruction(place.Labels, place.PathOf(field), token, type.Unit.Id, size));
    }
}
