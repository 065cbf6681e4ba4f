using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers choices: the branches around what is there only sometimes, and to where they meet again.</summary>
internal sealed class BranchLowerer(SpecCompiler compiler, StreamBuilder builder, ExpressionLowerer expressions)
{
    /// <summary>Lowers a field that has a condition.</summary>
    /// <param name="field">The field.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="scope">The names that it can use.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="lowerField">Lowers the field without its condition, at the same place.</param>
    public void LowerOptional(
        Field field,
        BoundExpression condition,
        Scope scope,
        Place place,
        Action lowerField)
    {
        if (expressions.Condition(condition, scope) is not { } lowered)
        {
            return;
        }

        string id = field.Name;
        BranchInstruction branch = new([.. place.Labels, "if", id], place.PathOf(field), lowered);
        builder.Append(place, branch);
        lowerField();
        branch.Otherwise = builder.Join(place, ["after", id], place.PathOf(field));
    }

    /// <summary>Lowers a field whose type depends on a value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="choice">Its types.</param>
    /// <param name="scope">The names that it can use.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="lowerCase">Lowers the field as one of a single type, at the same place.</param>
    public void LowerSwitch(
        Field field,
        SwitchLayout choice,
        Scope scope,
        Place place,
        Action<Field> lowerCase)
    {
        string specPath = place.PathOf(field);
        List<JumpInstruction> exits = [];
        BranchInstruction? pending = null;
        int number = 0;
        foreach (SwitchCase item in choice.Cases)
        {
            string caseId = item.TypeName;
            int before = place.Procedure.Instructions.Count;
            BranchInstruction? branch = null;
            if (item.Value is not null)
            {
                BinaryOperation equal = new(BinaryOperator.Equal, choice.On, item.Value, new BooleanType(), item.Span);
                Value? condition = expressions.Condition(equal, scope);
                if (condition is null)
                {
                    return;
                }

                branch = new BranchInstruction([.. place.Labels, "is", caseId], specPath, condition);
                builder.Append(place, branch);
            }

            string? doc = item.Layout is StructLayout type ? compiler.Declaration(type.Id).Model.Doc : null;
            lowerCase(
                field with
                {
                    Name = caseId,
                    Layout = item.Layout,
                    Doc = doc ?? field.Doc,
                    Condition = null,
                    Repeat = null,
                    Span = item.Span,
                });
            if (pending is not null && place.Procedure.Instructions.Count > before)
            {
                pending.Otherwise = place.Procedure.Instructions[before];
            }

            pending = branch;
            if (++number < choice.Cases.Count || branch is not null)
            {
                JumpInstruction exit = new([.. place.Labels, "leave", caseId], specPath, null);
                builder.Append(place, exit);
                exits.Add(exit);
            }
        }

        Instruction after = builder.Join(place, ["after", field.Name], specPath);
        foreach (JumpInstruction exit in exits)
        {
            exit.Target = after;
        }

        if (pending is not null)
        {
            pending.Otherwise = after;
        }
    }
}
