using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>What the emitters of a stream's reader and writer have in common.</summary>
internal abstract class StreamEmitter(SourceWriter writer, TypeNames types, StreamNames names)
{
    protected SourceWriter Writer { get; } = writer;

    protected TypeNames Types { get; } = types;

    protected StreamNames Names { get; } = names;

    protected StreamProgram Program => Names.Program;

    protected IEnumerable<Instruction> Instructions =>
        Program.Procedures.SelectMany(procedure => procedure.Instructions);

    /// <summary>
    /// The values of an instruction's own step, by the names of local variables; others where they are kept.
    /// </summary>
    protected ValueEmitter ValuesOf(Instruction instruction, Procedure procedure)
    {
        Slot? own = instruction is ReadInstruction read ? read.Step.Target : null;
        return new ValueEmitter(
            Types,
            slot =>
                slot == own ? Local(slot)
                : own is not null && slot.IsPartOf(own) ? null
                : Names.Place(slot, procedure));
    }

    protected static string Local(Slot slot) => Emit.Names.Local(slot.Name);

    protected void EmitConstants()
    {
        foreach (ReadInstruction read in Instructions.OfType<ReadInstruction>())
        {
            if (read.Step is ConstantStep constant)
            {
                Writer.Line(
                    $"private static ReadOnlySpan<byte> {Names.Constant(read)} => {Literals.Bytes(constant.Bytes)};");
                Writer.Line();
            }
        }
    }

    private void DeclareFrames()
    {
        foreach (Procedure procedure in Program.Procedures.Where(procedure => !procedure.IsRoot))
        {
            DeclareFrame(procedure);
        }
    }

    protected void DeclareFrame(Procedure procedure) =>
        Writer.Line(
            $"ref {Names.State}.{Names.Frame(procedure)} {Names.FrameVariable(procedure)} = ref state.{Names.Frames(procedure)}[state.{Names.Depth(procedure)}];"
        );

    /// <summary>Writes the loop that goes from instruction to instruction, beginning where the state stands.</summary>
    /// <param name="refusal">What is said where nothing goes on.</param>
    /// <param name="emit">Writes one instruction.</param>
    protected void EmitMachine(string refusal, Action<Instruction, Procedure> emit)
    {
        DeclareFrames();
        Writer.Line($"{Names.StepType} step = state.Step;");
        Writer.Open("while (true)");
        Writer.Open("switch (step)");
        foreach (Procedure procedure in Program.Procedures)
        {
            foreach (Instruction instruction in procedure.Instructions)
            {
                Writer.Line($"case {Names.Of(instruction)}:");
                Writer.Indent();
                emit(instruction, procedure);
                Writer.Outdent();
                Writer.Line();
            }
        }

        Writer.Line("default:");
        Writer.Indent();
        Writer.Line($"throw new InvalidOperationException(\"{refusal}\");");
        Writer.Outdent();
        Writer.Close();
        Writer.Close();
    }

    protected string Level(Procedure procedure) => procedure.IsRoot ? "0" : $"state.{Names.Depth(procedure)}";

    protected void EmitGo(Instruction target) => Writer.Line($"goto case {Names.Of(target)};");

    protected void EmitBranch(BranchInstruction branch, string condition)
    {
        Writer.Open($"if ({condition})");
        EmitGo(branch.Otherwise!);
        Writer.Close();
        Writer.Line();
        EmitGo(branch.Next!);
    }

    protected void EmitAssign(AssignInstruction assign, Procedure procedure, string offset)
    {
        string place = Names.Place(assign.Slot, procedure);
        Writer.Line(
            assign.Value switch
            {
                null => $"{place} = {offset};",
                ArithmeticValue
                {
                    Operator: BinaryOperator.Add,
                    Left: SlotValue left,
                    Right: IntegerValue { Number.IsOne: true }
                } when left.Slot == assign.Slot => $"{place}++;",
                _ => $"{place} = {ValuesOf(assign, procedure).Argument(assign.Slot, assign.Value)};",
            });
        EmitGo(assign.Next!);
    }

    protected void EmitCall(CallInstruction call, Procedure procedure, string tooDeep)
    {
        Procedure target = call.Procedure;
        ValueEmitter values = ValuesOf(call, procedure);
        string depth = $"state.{Names.Depth(target)}";
        string frame = Names.FrameVariable(target);
        Writer.Open();
        Writer.Guard($"{depth} == {Numbers.Text(target.MaximumDepth)}", tooDeep);
        Slot[] kept = [.. target.Parameters.Where(parameter => parameter.IsKept)];

        // The arguments can stand in the caller's frame, so they are worked out before it changes.
        NameScope scope = new([]);
        Dictionary<Slot, string> locals = kept.ToDictionary(parameter => parameter, parameter => scope.Claim(Local(parameter)));
        foreach (Slot parameter in kept)
        {
            Writer.Line(
                $"{Types.Of(parameter)} {locals[parameter]} = {values.Argument(parameter, call.Arguments[target.Parameters.IndexOf(parameter)])};"
            );
        }

        Writer.Line($"{depth}++;");
        Writer.Line($"{frame} = ref state.{Names.Frames(target)}[{depth}];");
        string[] initializers =
        [
            $"Return = {Names.Of(call.Next!)}",
            .. kept.Select(parameter => $"{Names.Kept(parameter)} = {locals[parameter]}"),
        ];
        Writer.Line($"{frame} = new {Names.State}.{Names.Frame(target)} {{ {string.Join(", ", initializers)} }};");
        EmitGo(target.Instructions[0]);
        Writer.Close();
    }

    protected void EmitReturn(Procedure procedure)
    {
        string depth = $"state.{Names.Depth(procedure)}";
        string frame = Names.FrameVariable(procedure);
        Writer.Line($"step = {frame}.Return;");
        Writer.Line($"{depth}--;");
        Writer.Line($"{frame} = ref state.{Names.Frames(procedure)}[{depth}];");
        Writer.Line("continue;");
    }

    /// <summary>Keeps what later instructions need of the value just handled.</summary>
    protected void EmitKeep(ReadInstruction read, Procedure procedure, ValueEmitter values)
    {
        if (read.Step.Target is not { } own)
        {
            return;
        }

        foreach (Slot slot in procedure.Slots.Where(slot => slot == own || slot.IsPartOf(own)))
        {
            Writer.Line($"{Names.Place(slot, procedure)} = {values.Access(slot)};");
        }
    }
}
