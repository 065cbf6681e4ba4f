using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Finds recursive types that contain themselves whatever is read.</summary>
internal static class EndlessTypes
{
    /// <summary>
    /// Gets the procedures that cannot come to their end, each with a call that keeps it from that.
    /// </summary>
    public static IEnumerable<(Procedure Procedure, CallInstruction Call)> Find(StreamProgram program)
    {
        HashSet<Procedure> ending = [];
        int before;
        do
        {
            before = ending.Count;
            ending.UnionWith(program.Procedures.Where(procedure => CanEnd(procedure, ending)));
        } while (ending.Count > before);

        return program
            .Procedures.Where(procedure => !procedure.IsRoot && !ending.Contains(procedure))
            .Select(procedure =>
                (
                    procedure,
                    procedure.Instructions.OfType<CallInstruction>().First(call => !ending.Contains(call.Procedure))));
    }

    private static bool CanEnd(Procedure procedure, HashSet<Procedure> ending)
    {
        HashSet<Instruction> seen = [];
        Stack<Instruction> open = new([procedure.Instructions[0]]);
        while (open.Count > 0)
        {
            Instruction instruction = open.Pop();
            if (instruction is ReturnInstruction or EndInstruction)
            {
                return true;
            }

            if ((instruction is CallInstruction call && !ending.Contains(call.Procedure)) || !seen.Add(instruction))
            {
                continue;
            }

            open.Push(instruction.Next!);
            if (instruction is BranchInstruction branch)
            {
                open.Push(branch.Otherwise!);
            }
        }

        return false;
    }
}
