using System.Numerics;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Finds loops of a stream program that a reader can go round without reading a byte.</summary>
internal sealed class EmptyLoops
{
    private readonly bool _passesTokens;
    private readonly HashSet<Procedure> _empty = [];

    /// <summary>Looks at a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="passesTokens">Whether giving tokens on the way makes no difference.</param>
    public EmptyLoops(StreamProgram program, bool passesTokens)
    {
        _passesTokens = passesTokens;
        int before;
        do
        {
            before = _empty.Count;
            _empty.UnionWith(program.Procedures.Where(procedure => CanBeEmpty(procedure.Instructions[0])));
        } while (_empty.Count > before);
    }

    /// <summary>Whether there is such a loop through an instruction.</summary>
    public bool Through(Instruction head) => !Stops(head) && Reaches(head, instruction => instruction == head);

    private bool CanBeEmpty(Instruction first) =>
        first is ReturnInstruction
        || (!Stops(first) && Reaches(first, static instruction => instruction is ReturnInstruction));

    /// <summary>Whether control can get from an instruction to one that is wanted, past what reads nothing.</summary>
    private bool Reaches(Instruction from, Func<Instruction, bool> isWanted)
    {
        HashSet<Instruction> seen = [];
        Stack<Instruction> open = new(After(from));
        while (open.Count > 0)
        {
            Instruction instruction = open.Pop();
            if (isWanted(instruction))
            {
                return true;
            }

            if (!Stops(instruction) && seen.Add(instruction))
            {
                foreach (Instruction next in After(instruction))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }

    private bool Stops(Instruction instruction) =>
        instruction switch
        {
            ReadInstruction read => Smallest(read.Step) > 0 || (read.Token is not null && !_passesTokens),
            YieldInstruction or EmbedInstruction => !_passesTokens,
            CallInstruction call => !_empty.Contains(call.Procedure),
            _ => false,
        };

    private static IEnumerable<Instruction> After(Instruction instruction)
    {
        if (instruction.Next is { } next)
        {
            yield return next;
        }

        if (instruction is BranchInstruction { Otherwise: { } otherwise })
        {
            yield return otherwise;
        }
    }

    private static BigInteger Smallest(Step step) =>
        step switch
        {
            ConstantStep constant => constant.Bytes.Count,
            NumberStep number => number.Width,
            BytesStep bytes => new IntervalEvaluator().Evaluate(bytes.Size).Low,
            ChoiceStep choice => choice.Slot.Enumeration!.Members.Min(member => member.Label.Length),
            PaddingStep padding => new IntervalEvaluator().Evaluate(padding.Count).Low,
            RecordStep record => record
                .Slot.Record!.Steps.Select(Smallest)
                .Aggregate(BigInteger.Zero, static (sum, size) => sum + size),
            _ => 0,
        };
}
