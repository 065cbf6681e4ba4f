using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Finds the fields whose only use is to decide what follows, and from which tokens a writer can tell their value.
/// Such a field needs no token of its own.
/// </summary>
internal static class TokenPrediction
{
    public static void Apply(StreamProgram program)
    {
        Dictionary<Procedure, List<Instruction>> continuations = [];
        foreach (Instruction instruction in program.Procedures.SelectMany(procedure => procedure.Instructions))
        {
            if (instruction is CallInstruction call)
            {
                if (!continuations.TryGetValue(call.Procedure, out List<Instruction>? list))
                {
                    continuations.Add(call.Procedure, list = []);
                }

                list.Add(call.Next!);
            }
        }

        List<(ReadInstruction Read, Token Token, Slot Slot, IReadOnlyList<long> Values)> candidates = [];
        foreach (Procedure procedure in program.Procedures)
        {
            foreach (ReadInstruction read in procedure.Instructions.OfType<ReadInstruction>())
            {
                if (read.Token is { } token && Deciding(read, program) is { } deciding)
                {
                    candidates.Add((read, token, deciding.Slot, deciding.Values));
                    read.Token = null;
                }
            }
        }

        // Without its token a field may make another one ambiguous; so begin again whenever one gets its token back.
        bool again;
        do
        {
            again = false;
            foreach ((ReadInstruction read, Token token, Slot slot, IReadOnlyList<long> values) in candidates)
            {
                if (read.Token is not null)
                {
                    continue;
                }

                Alternative[] alternatives = values
                    .Select(value => new Alternative(value, First(read.Next!, slot, value, program, continuations))).ToArray();
                if (AreDistinct(alternatives))
                {
                    read.Alternatives = alternatives;
                }
                else
                {
                    read.Token = token;
                    read.Alternatives = null;
                    again = true;
                }
            }
        }
        while (again);

        foreach (BranchInstruction branch in program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<BranchInstruction>())
        {
            branch.Continuing = branch.Condition is null ? First(branch.Next!, null, 0, program, continuations) : null;
        }

        HashSet<Token> silent = [.. candidates.Where(item => item.Read.Token is null).Select(item => item.Token)];
        foreach (ReadInstruction read in program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<ReadInstruction>())
        {
            if (read.CountOf is not null && read.Step is NumberStep number)
            {
                silent.UnionWith(program.Tokens.Where(token => token.Kind == TokenKind.Value && token.Slot == number.Slot));
            }
        }

        program.Tokens.RemoveAll(silent.Contains);
    }

    /// <summary>Gets the slot and the possible values of a field that branches compare with constants; else null.</summary>
    private static (Slot Slot, IReadOnlyList<long> Values)? Deciding(ReadInstruction read, StreamProgram program)
    {
        Slot[] compared = program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<BranchInstruction>()
            .Where(branch => branch.Condition is ComparisonValue { OfBytes: false, Left: SlotValue, Right: IntegerValue })
            .Select(branch => ((SlotValue)((ComparisonValue)branch.Condition!).Left).Slot).Distinct().ToArray();
        if (read.Step is NumberStep number && compared.Contains(number.Slot))
        {
            List<long> values = read.Checks.SelectMany(check => Allowed(check.Condition, number.Slot)).ToList();
            return values.Count > 0 ? (number.Slot, values) : null;
        }

        Slot? choice = read.Step switch
        {
            ChoiceStep step => compared.FirstOrDefault(slot => slot == step.Slot),
            RecordStep { Slot.Record.Values: [{ Kind: SlotKind.Choice }] } step => compared.FirstOrDefault(slot => slot.Parent == step.Slot),
            _ => null,
        };
        return choice is null ? null : (choice, choice.Enumeration!.Members.Select(member => member.Value).ToArray());
    }

    private static IEnumerable<long> Allowed(Value condition, Slot slot) => condition switch
    {
        LogicalValue { IsAnd: false } either => Allowed(either.Left, slot).Concat(Allowed(either.Right, slot)),
        ComparisonValue { Operator: BinaryOperator.Equal, Left: SlotValue left, Right: IntegerValue right } when left.Slot == slot => [(long)right.Number],
        _ => [],
    };

    private static bool AreDistinct(IReadOnlyList<Alternative> alternatives)
    {
        Token?[] all = alternatives.SelectMany(alternative => alternative.Tokens).ToArray();
        return all.Distinct().Count() == all.Length;
    }

    /// <summary>Finds the tokens that can come next from an instruction on when a slot has a given value; null among them is the end.</summary>
    private static List<Token?> First(
        Instruction first, Slot? slot, long value, StreamProgram program, Dictionary<Procedure, List<Instruction>> continuations)
    {
        List<Token?> found = [];
        HashSet<(Instruction, bool)> seen = [];
        Stack<(Instruction Instruction, bool IsKnown)> open = new();
        open.Push((first, slot is not null));
        while (open.Count > 0)
        {
            (Instruction instruction, bool isKnown) = open.Pop();
            if (!seen.Add((instruction, isKnown)))
            {
                continue;
            }

            Token? token = instruction switch
            {
                ReadInstruction other => other.CountOf ?? other.Token,
                YieldInstruction yielding => yielding.Token,
                ContentInstruction content => content.Token,
                EmbedInstruction embed => embed.Token,
                _ => null,
            };
            if (token is not null)
            {
                if (!found.Contains(token))
                {
                    found.Add(token);
                }

                // An empty streamed field gives no token.
                if (instruction is ContentInstruction)
                {
                    open.Push((instruction.Next!, isKnown));
                }

                continue;
            }

            switch (instruction)
            {
                case EndInstruction:
                    found.Add(null);
                    break;
                case ReturnInstruction:
                    Procedure returning = program.Procedures.First(procedure => procedure.Instructions.Contains(instruction));
                    foreach (Instruction continuation in continuations.TryGetValue(returning, out List<Instruction>? list) ? list : [])
                    {
                        open.Push((continuation, false));
                    }

                    break;
                case CallInstruction call:
                    open.Push((call.Procedure.Instructions[0], false));
                    break;
                case BranchInstruction branch:
                    bool? outcome = isKnown ? Evaluate(branch.Condition, slot!, value) : null;
                    if (outcome != false)
                    {
                        open.Push((branch.Next!, isKnown));
                    }

                    if (outcome != true)
                    {
                        open.Push((branch.Otherwise!, isKnown));
                    }

                    break;
                default:
                    // Where the field is read again, its value is another one.
                    open.Push((instruction.Next!, isKnown && !(instruction is ReadInstruction again && Holds(again.Step, slot!))));
                    break;
            }
        }

        return found;
    }

    private static bool Holds(Step step, Slot slot) => step switch
    {
        NumberStep number => number.Slot == slot,
        ChoiceStep choice => choice.Slot == slot,
        RecordStep record => record.Slot == slot.Parent,
        _ => false,
    };

    private static bool? Evaluate(Value? condition, Slot slot, long value) =>
        condition is ComparisonValue { OfBytes: false, Left: SlotValue left, Right: IntegerValue right } comparison && left.Slot == slot
            ? comparison.Operator switch
            {
                BinaryOperator.Equal => right.Number == value,
                BinaryOperator.NotEqual => right.Number != value,
                _ => null,
            }
            : null;
}
