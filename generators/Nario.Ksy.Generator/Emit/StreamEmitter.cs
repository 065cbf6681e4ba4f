using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>What the emitters of a stream's reader and writer have in common.</summary>
internal abstract class StreamEmitter(SourceWriter writer, StreamNames names)
{
    protected SourceWriter Writer { get; } = writer;

    protected StreamNames Names { get; } = names;

    protected StreamProgram Program => Names.Program;

    /// <summary>The values of an instruction's own step, by the names of local variables; others where they are kept.</summary>
    protected ValueEmitter ValuesOf(Instruction instruction, Procedure procedure)
    {
        Slot? own = instruction is ReadInstruction read ? SlotOf(read.Step) : null;
        return new ValueEmitter(slot =>
            slot == own ? Emit.Names.Camel(slot.Name) : slot.Parent is not null && slot.Parent == own ? string.Empty : Names.Place(slot, procedure));
    }

    protected static Slot? SlotOf(Step step) => step switch
    {
        NumberStep number => number.Slot,
        BytesStep bytes => bytes.Slot,
        ChoiceStep choice => choice.Slot,
        RecordStep record => record.Slot,
        _ => null,
    };

    protected void DeclareFrames()
    {
        Writer.Line($"{Names.State} state = _state;");
        foreach (Procedure procedure in Program.Procedures.Where(procedure => !procedure.IsRoot))
        {
            DeclareFrame(procedure);
        }
    }

    protected void DeclareFrame(Procedure procedure) =>
        Writer.Line($"ref {Names.State}.{StreamNames.Frame(procedure)} {StreamNames.FrameVariable(procedure)} = ref state.{StreamNames.Frames(procedure)}[state.{StreamNames.Depth(procedure)}];");

    protected static string Level(Procedure procedure) => procedure.IsRoot ? "0" : $"state.{StreamNames.Depth(procedure)}";

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
        ValueEmitter values = ValuesOf(assign, procedure);
        Writer.Line($"{Names.Place(assign.Slot, procedure)} = {(assign.Value is null ? offset : values.Argument(assign.Slot, assign.Value))};");
        EmitGo(assign.Next!);
    }

    protected void EmitCall(CallInstruction call, Procedure procedure, string tooDeep)
    {
        Procedure target = call.Procedure;
        ValueEmitter values = ValuesOf(call, procedure);
        string depth = $"state.{StreamNames.Depth(target)}";
        string frame = StreamNames.FrameVariable(target);
        Writer.Open($"if ({depth} == {target.MaximumDepth})");
        Writer.Line(tooDeep);
        Writer.Close();
        Writer.Line();
        List<(string Name, Slot Parameter)> arguments = [];
        for (int index = 0; index < target.Parameters.Count; index++)
        {
            Slot parameter = target.Parameters[index];
            if (parameter.IsKept)
            {
                string name = Emit.Names.Camel($"{target.Name}_{parameter.Name}_argument");
                string path = Emit.Names.Camel(string.Join("_", call.Path) + "_" + name);
                Writer.Line($"{TypeNames.Of(parameter)} {path} = {values.Argument(parameter, call.Arguments[index])};");
                arguments.Add((path, parameter));
            }
        }

        Writer.Line($"{depth}++;");
        Writer.Line($"{frame} = ref state.{StreamNames.Frames(target)}[{depth}];");
        Writer.Line($"{frame}.Return = {Names.Of(call.Next!)};");
        foreach ((string name, Slot parameter) in arguments)
        {
            Writer.Line($"{Names.Place(parameter, target)} = {name};");
        }

        EmitGo(target.Instructions[0]);
    }

    protected void EmitReturn(Procedure procedure)
    {
        string depth = $"state.{StreamNames.Depth(procedure)}";
        string frame = StreamNames.FrameVariable(procedure);
        Writer.Line($"step = {frame}.Return;");
        Writer.Line($"{depth}--;");
        Writer.Line($"{frame} = ref state.{StreamNames.Frames(procedure)}[{depth}];");
        Writer.Line("continue;");
    }

    /// <summary>Keeps what later instructions need of the value just handled.</summary>
    protected void EmitKeep(ReadInstruction read, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(read, procedure);
        Slot? own = SlotOf(read.Step);
        if (own is null)
        {
            return;
        }

        foreach (Slot slot in procedure.Slots.Where(slot => slot == own || slot.Parent == own))
        {
            Writer.Line($"{Names.Place(slot, procedure)} = {values.Access(slot)};");
        }
    }

    protected static bool Stores(ReadInstruction read) => SlotOf(read.Step) is not null;

    protected static string RestName(Token token) => token.Kind == TokenKind.Content ? "Rest" : "Inside";

    /// <summary>The step that waits for the end of a streamed or embedded field.</summary>
    protected string Rest(Instruction instruction) => Names.Of(instruction) + "Rest";
}
