using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Finds the fields whose only use is to decide what follows, and from which tokens a writer can tell their value.
/// Such a field needs no token of its own.
/// </summary>
internal sealed class TokenPrediction
{
    /// <summary>A field that can hold more values than this keeps its token.</summary>
    private const int MostValues = 16;

    /// <summary>A field after which more instructions than this must be looked at keeps its token.</summary>
    private const int FarthestLook = 512;

    /// <summary>
    /// When this many rounds have not settled which fields need no token, all that are left keep theirs.
    /// </summary>
    private const int MostRounds = 8;

    private readonly StreamProgram _program;
    private readonly Instruction[] _instructions;
    private readonly Dictionary<Procedure, List<Instruction>> _continuations = [];
    private readonly Dictionary<Instruction, Procedure> _returns = [];
    private readonly Dictionary<Token, int> _order = [];
    private readonly HashSet<Slot> _compared;

    private TokenPrediction(StreamProgram program)
    {
        _program = program;
        _instructions = [.. program.Procedures.SelectMany(procedure => procedure.Instructions)];
        for (int index = 0; index < program.Tokens.Count; index++)
        {
            _order.Add(program.Tokens[index], index);
        }

        foreach (Procedure procedure in program.Procedures)
        {
            _continuations.Add(procedure, []);
            foreach (ReturnInstruction instruction in procedure.Instructions.OfType<ReturnInstruction>())
            {
                _returns.Add(instruction, procedure);
            }
        }

        foreach (CallInstruction call in _instructions.OfType<CallInstruction>())
        {
            _continuations[call.Procedure].Add(call.Next!);
        }

        _compared =
        [
            .. _instructions
                .OfType<BranchInstruction>()
                .Select(branch =>
                    branch.Condition is ComparisonValue { OfBytes: false, Left: SlotValue left, Right: IntegerValue }
                        ? left.Slot
                        : null)
                .OfType<Slot>(),
        ];
    }

    public static void Apply(StreamProgram program) => new TokenPrediction(program).Apply();

    private void Apply()
    {
        List<(ReadInstruction Read, Token Token, Slot Slot, IReadOnlyList<long> Values)> open = [];
        foreach (ReadInstruction read in _instructions.OfType<ReadInstruction>())
        {
            if (read.Token is { } token && Deciding(read) is { Values.Count: > 0 and <= MostValues } deciding)
            {
                open.Add((read, token, deciding.Slot, deciding.Values));
                read.Token = null;
            }
        }

        // Without its token a field may make another one ambiguous; so begin again whenever one gets its token back.
        HashSet<Token> silent = [];
        for (int round = 0; open.Count > 0; round++)
        {
            List<(ReadInstruction Read, Token Token, Slot Slot, IReadOnlyList<long> Values)> left = [];
            foreach ((ReadInstruction Read, Token Token, Slot Slot, IReadOnlyList<long> Values) item in open)
            {
                item.Read.Alternatives = round < MostRounds ? Distinguish(item.Read, item.Slot, item.Values) : null;
                if (item.Read.Alternatives is null)
                {
                    item.Read.Token = item.Token;
                }
                else
                {
                    left.Add(item);
                }
            }

            if (left.Count == open.Count)
            {
                silent.UnionWith(left.Select(item => item.Token));
                break;
            }

            open = left;
        }

        foreach (BranchInstruction branch in _instructions.OfType<BranchInstruction>())
        {
            branch.Continuing = branch.Condition is null ? First(branch.Next!, null, 0, int.MaxValue) : null;
        }

        HashSet<Slot> counts =
        [
            .. _instructions
                .OfType<ReadInstruction>()
                .Where(read => read.CountOf is not null)
                .Select(read => read.Step.Target!),
        ];
        _program.Tokens.RemoveAll(token =>
            silent.Contains(token) || (token is { Kind: TokenKind.Value, Slot: { } slot } && counts.Contains(slot)));
    }

    /// <summary>Gets the tokens that tell each value of a field; null when they do not.</summary>
    private Alternative[]? Distinguish(ReadInstruction read, Slot slot, IReadOnlyList<long> values)
    {
        HashSet<Token> all = [];
        bool canEnd = false;
        List<Alternative> alternatives = [];
        foreach (long value in values)
        {
            List<Token?>? tokens = First(read.Next!, slot, value, FarthestLook);
            if (tokens is null || !tokens.TrueForAll(token => token is null ? !canEnd : all.Add(token)))
            {
                return null;
            }

            canEnd |= tokens.Contains(null);
            alternatives.Add(new Alternative(value, tokens));
        }

        return [.. alternatives];
    }

    /// <summary>
    /// Gets the slot and the possible values of a field that branches compare with constants; else null.
    /// </summary>
    private (Slot Slot, IReadOnlyList<long> Values)? Deciding(ReadInstruction read)
    {
        if (read.Step is NumberStep number && _compared.Contains(number.Slot))
        {
            List<long>? values = read
                .Checks.Select(check => Allowed(check.Condition, number.Slot))
                .FirstOrDefault(list => list is not null);

            // What the field cannot hold, it need not be told by.
            Interval range = Interval.OfWidth(number.Width, number.IsSigned);
            return values is null
                ? null
                : (number.Slot, [.. values.Distinct().Where(value => value >= range.Low && value <= range.High)]);
        }

        Slot? choice = read.Step switch
        {
            ChoiceStep step => _compared.FirstOrDefault(slot => slot == step.Slot),
            RecordStep { Slot.Record.Values: [{ Kind: SlotKind.Choice }] } step => _compared.FirstOrDefault(slot =>
                slot.Parent == step.Slot),
            _ => null,
        };
        return choice is null ? null : (choice, choice.Enumeration!.Members.Select(member => member.Value).ToArray());
    }

    /// <summary>
    /// Lists the values that a slot can have when a condition holds; null when it says nothing of that.
    /// </summary>
    private static List<long>? Allowed(Value condition, Slot slot)
    {
        switch (condition)
        {
            case LogicalValue { IsAnd: false } either
                when Allowed(either.Left, slot) is { } left && Allowed(either.Right, slot) is { } right:
                return [.. left, .. right];
            case ComparisonValue { Operator: BinaryOperator.Equal, Left: SlotValue left, Right: IntegerValue right }
                when left.Slot == slot && right.Number >= long.MinValue && right.Number <= long.MaxValue:
                return [(long)right.Number];
            case MembershipValue membership
                when membership.Slot == slot && slot.Enumeration!.Members.Count <= MostValues:
                return [.. slot.Enumeration.Members.Select(member => member.Value)];
            default:
                return null;
        }
    }

    /// <summary>
    /// Finds the tokens that can come next from an instruction on when a slot has a given value; null among them is the
    /// end. Gives null when more instructions than <paramref name="farthest"/> would have to be looked at.
    /// </summary>
    private List<Token?>? First(Instruction first, Slot? slot, long value, int farthest)
    {
        HashSet<Token> found = [];
        bool canEnd = false;
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

            if (seen.Count > farthest)
            {
                return null;
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
                found.Add(token);

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
                    canEnd = true;
                    break;
                case ReturnInstruction:
                    foreach (Instruction continuation in _continuations[_returns[instruction]])
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
                    bool isSame = !(
                        instruction is ReadInstruction { Step.Target: { } target }
                        && (target == slot || target == slot?.Parent));
                    open.Push((instruction.Next!, isKnown && isSame));
                    break;
            }
        }

        // In the order of the specification, so that what is made of it does not depend on how it was found.
        return [.. found.OrderBy(token => _order[token]), .. canEnd ? new Token?[] { null } : []];
    }

    private static bool? Evaluate(Value? condition, Slot slot, long value) =>
        condition is ComparisonValue { OfBytes: false, Left: SlotValue left, Right: IntegerValue right } comparison
        && left.Slot == slot
            ? comparison.Operator switch
            {
                BinaryOperator.Equal => right.Number == value,
                BinaryOperator.NotEqual => right.Number != value,
                _ => null,
            }
            : null;
}
