using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Completes a stream program whose instructions are there: their order, what they decide, what they keep.</summary>
/// <param name="program">The program.</param>
/// <param name="origins">What its instructions were lowered from.</param>
internal sealed class StreamFinisher(
    StreamProgram program, IReadOnlyDictionary<Instruction, InstructionOrigin> origins)
{
    /// <summary>Completes the program.</summary>
    /// <param name="loops">Its lists.</param>
    public void Finish(IEnumerable<ListLoop> loops)
    {
        foreach (Procedure procedure in program.Procedures)
        {
            Link(procedure);
        }

        CheckLoops(loops);
        foreach ((Procedure procedure, CallInstruction call) in EndlessTypes.Find(program))
        {
            origins[call].Report(LoweringRules.EndlessType, procedure.Name);
        }

        TokenPrediction.Apply(program);
        KeepSlots();
    }

    /// <summary>Finds which values must outlive the instruction that read them.</summary>
    private void KeepSlots()
    {
        foreach (Procedure procedure in program.Procedures)
        {
            HashSet<Slot> slots = [.. procedure.Parameters];
            foreach (Instruction instruction in procedure.Instructions)
            {
                Slot? own = (instruction as ReadInstruction)?.Step.Target;
                foreach (Slot slot in SlotUse
                        .Of(instruction)
                        .Where(slot => own is null || (slot != own && !slot.IsPartOf(own)) || IsCount(instruction)))
                {
                    if (slot.Kind == SlotKind.Bytes)
                    {
                        origins[instruction].Report(LoweringRules.NotKept, string.Join(".", slot.Path));
                    }

                    slot.IsKept = true;
                    slots.Add(slot);
                }
            }

            procedure.Slots.AddRange(slots.Where(slot => slot.IsKept));
        }
    }

    private static bool IsCount(Instruction instruction) => instruction is ReadInstruction { CountOf: not null };

    /// <summary>Reports lists that can go round without reading a byte.</summary>
    private void CheckLoops(IEnumerable<ListLoop> loops)
    {
        EmptyLoops any = new(program, passesTokens: true);
        EmptyLoops silent = new(program, passesTokens: false);
        foreach (ListLoop loop in loops)
        {
            // A list of a stated number of empty elements ends, but must not keep a reader busy on the way.
            Instruction head = loop.Head is JumpInstruction ? loop.Head.Next! : loop.Head;
            if ((loop.IsCounted ? silent : any).Through(head))
            {
                origins[loop.Head].Report(LoweringRules.EndlessList, loop.Field);
            }
        }
    }

    /// <summary>Sets what comes after each instruction, and takes out those that only pass control on.</summary>
    private static void Link(Procedure procedure)
    {
        List<Instruction> all = procedure.Instructions;
        HashSet<Slot> used = [.. all.Where(instruction => instruction is not AssignInstruction).SelectMany(SlotUse.Of)];
        for (int index = 0; index < all.Count; index++)
        {
            all[index].Next = all[index] switch
            {
                ReturnInstruction or EndInstruction => null,
                JumpInstruction { Target: { } target } => target,
                _ => all[index + 1],
            };
        }

        foreach (Instruction instruction in all)
        {
            instruction.Next = instruction.Next is null ? null : Resolve(instruction.Next, used);
            if (instruction is BranchInstruction branch)
            {
                branch.Otherwise = Resolve(branch.Otherwise!, used);
            }
        }

        all.RemoveAll(instruction => PassesOn(instruction, used));
    }

    private static Instruction Resolve(Instruction instruction, HashSet<Slot> used)
    {
        while (PassesOn(instruction, used))
        {
            instruction = instruction.Next!;
        }

        return instruction;
    }

    private static bool PassesOn(Instruction instruction, HashSet<Slot> used) =>
        instruction is JumpInstruction || (instruction is AssignInstruction assign && !used.Contains(assign.Slot));
}
