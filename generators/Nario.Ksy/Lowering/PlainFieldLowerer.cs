using System.Numerics;
using Nario.Ksy.Binding;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Lowers a field that one instruction reads: bytes that are passed on piece by piece, or what is read whole.
/// </summary>
internal sealed class PlainFieldLowerer(StreamBuilder builder, FieldLowerer fields, ExpressionLowerer expressions)
{
    /// <summary>Lowers bytes that are passed on piece by piece.</summary>
    public void LowerContent(Field field, Scope scope, Place place)
    {
        place.RefuseLimit();
        if (field is not
            { Valid: null, Layout: BytesLayout { Process: null, Extent: SizedExtent { Terminator: null } extent } })
        {
            place.Origin.Report(
                BindingRules.AnnotationPlace,
                "-stream",
                "needs bytes with a 'size' and without 'valid' and 'terminator'");
            return;
        }

        string id = field.Name;
        if (expressions.Size(extent.Size, scope) is { } size)
        {
            Token token = builder.NewToken(TokenKind.Content, [.. place.Path, id], field.Doc, null);
            builder.Append(place, new ContentInstruction([.. place.Labels, id], place.PathOf(field), token, size));
        }
    }

    /// <summary>Lowers a field that is read whole or not at all.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scope">The names that it can use.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="isItem">Whether it is an element of a list.</param>
    public void LowerWhole(Field field, Scope scope, Place place, bool isItem)
    {
        string own = isItem ? "item" : field.Name;
        List<CheckStep> checks = [];
        Step? step = ForwardFields.IsPadding(field)
            ? fields.LowerPadding(field, scope)
            : fields.Lower(field, scope, place.Labels, checks, own);
        if (step is null)
        {
            return;
        }

        Bound(field, step, checks, place);
        ReadInstruction read = new([.. place.Labels, own], place.PathOf(field), step) { Limit = place.Limit };
        read.Checks.AddRange(checks);
        Slot? slot = step.Target;
        if (slot is not null && (slot.Record is null || slot.Record.Values.Count > 0))
        {
            read.Token = builder.NewToken(
                TokenKind.Value,
                [.. place.Path, own],
                isItem ? place.Doc : field.Doc,
                slot);
        }

        builder.Append(place, read);
    }

    /// <summary>Notes how many bytes a block must hold for a step, and refuses too many.</summary>
    private void Bound(Field field, Step step, IReadOnlyList<CheckStep> checks, Place place)
    {
        BigInteger size = IntervalEvaluator.LargestSize(step, checks);
        if (size > SpecCompiler.LargestStep && !expressions.IsTrial)
        {
            place.Origin.Report(
                LoweringRules.Unbounded,
                field.Name,
                size,
                SpecCompiler.LargestStep);
        }
        else
        {
            builder.AddStep(size);
        }
    }
}
