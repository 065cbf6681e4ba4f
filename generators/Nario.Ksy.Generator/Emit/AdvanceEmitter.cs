using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the method of a push writer that goes from one token to the next.</summary>
internal sealed class AdvanceEmitter(SourceWriter writer, TypeNames types, StreamNames names)
    : WriterPartEmitter(writer, types, names)
{
    protected override string Offset => "OffsetAt(room)";

    public void Emit()
    {
        Writer.Summary("Writes all that lies before a token, which must be one that can come next.");
        Writer.Open($"private void Advance({Names.TokenType} token)");
        Writer.Line($"{Names.State} state = _state;");
        // In a local variable, the room need not be stored and loaded again for each constant.
        Writer.Line("Span<byte> room = _room;");
        EmitMachine("The state belongs to a reader or writer that has failed.", EmitInstruction);
        Writer.Close();
        Writer.Line();
    }

    private void EmitInstruction(Instruction instruction, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(instruction, procedure);
        switch (instruction)
        {
            case ReadInstruction { Token: { } token } read:
                EmitExpect(read, [token]);
                EmitArrival(Names.Of(read));
                break;
            case ReadInstruction { CountOf: { } counted, Step: NumberStep number } read:
                EmitExpect(read, [counted]);
                EmitCount(read, number, procedure, values);
                break;
            case ReadInstruction { Alternatives: { } alternatives } read:
                EmitAlternatives(read, alternatives, procedure, values);
                break;
            case ReadInstruction read:
                EmitForced(read, procedure, values);
                break;
            case YieldInstruction yielding:
                EmitExpect(yielding, [yielding.Token]);
                if (yielding.Restart is { } rule)
                {
                    Writer.Line($"state.{Names.Of(rule)}.Restart({Level(procedure)});");
                }

                EmitArrival(Names.Of(yielding.Next!));
                break;
            case BranchInstruction { Condition: null } branch:
                EmitBranch(branch, $"token is not ({string.Join(" or ", branch.Continuing!.Select(Names.Qualified))})");
                break;
            case BranchInstruction branch:
                EmitBranch(branch, values.Negated(branch.Condition!));
                break;
            case AssignInstruction assign:
                EmitAssign(assign, procedure, Offset);
                break;
            case ContentInstruction content:
                EmitContent(content, values);
                break;
            case CallInstruction call:
                string expected =
                    $"\"at most {Numbers.Text(call.Procedure.MaximumDepth)} levels of {call.Procedure.Name}\"";
                EmitCall(
                    call,
                    procedure,
                    Refuse(call, NotAllowed("null", call.SpecPath, expected)));
                break;
            case ReturnInstruction:
                EmitReturn(procedure);
                break;
            case EmbedInstruction embed:
                EmitEmbed(embed, values);
                break;
            case EndInstruction end:
                // Who is told that everything is complete, by whatever call, finds it in the output.
                Writer.Line("_room = room;");
                Writer.Line("Flush();");
                Writer.Line("room = _room;");
                EmitExpect(end, [null]);
                EmitArrival(Names.Of(end));
                break;
        }
    }

    /// <summary>
    /// A statement that throws, and leaves the state at an instruction, so that another call can go on from there.
    /// </summary>
    private string Refuse(Instruction instruction, string exception) =>
        Refuse(Names.Of(instruction), exception);

    private static string Refuse(string step, string exception) => $"throw Refused(room, {step}, {exception});";

    private void EmitArrival(string step)
    {
        Writer.Line("_room = room;");
        Writer.Line($"state.Step = {step};");
        Writer.Line("return;");
    }

    private void EmitExpect(Instruction instruction, IReadOnlyList<Token?> tokens)
    {
        string allowed = string.Join(" or ", tokens.Select(Names.Qualified));
        Writer.Guard(
            tokens.Count == 1 ? $"token != {allowed}" : $"token is not ({allowed})",
            Refuse(instruction, OutOfOrder(tokens)));
    }

    private string OutOfOrder(IReadOnlyList<Token?> tokens) =>
        Types.Support.Call(
            SupportMember.OutOfOrder,
            "token.ToString()",
            $"\"{string.Join(" or ", tokens.Select(token => token is null ? "the end" : Names.Of(token)))}\"");

    /// <summary>Writes what has no value of its own: constants, padding.</summary>
    private void EmitForced(ReadInstruction read, Procedure procedure, ValueEmitter values)
    {
        string Refused(string exception) => Refuse(read, exception);
        EmitChecks(read, values, null, Refused);
        if (read.Step is ConstantStep constant)
        {
            string bytes = Numbers.Text(constant.Bytes.Count);
            EmitLimit(read, procedure, bytes, Refused);
            Writer.Line($"room = Put(room, {Names.Constant(read)});");
            EmitGo(read.Next!);
            return;
        }

        Writer.Open();
        switch (read.Step)
        {
            case PaddingStep padding:
                Writer.Line($"int length = {values.Int32(padding.Count)};");
                EmitLimit(read, procedure, "length", Refused);
                EmitReserved("length", Paddings.Fill(padding, "room", "length", Types.Support));
                break;
            case RecordStep { Slot.Record: { } record } step:
                string arguments = string.Join(", ", record.Parameters.Zip(step.Arguments, values.Argument));
                Writer.Line($"int size = {Types.Of(record)}.GetSize({arguments});");
                EmitLimit(read, procedure, "size", Refused);
                EmitReserved(
                    "size",
                    $"{Types.Of(record)}.WriteChecked(room{(arguments.Length > 0 ? ", " : string.Empty)}{arguments});");
                break;
            default:
                throw new InvalidOperationException(
                    $"A {read.Step.GetType().Name} has a value that the writer must be told.");
        }

        EmitGo(read.Next!);
        Writer.Close();
    }

    private void EmitCount(ReadInstruction read, NumberStep number, Procedure procedure, ValueEmitter values)
    {
        string Refused(string exception) => Refuse(read, exception);
        string type = Types.Of(number.Slot);
        string local = Local(number.Slot);
        Writer.Open();
        if (number.Width < 8 || number.IsSigned)
        {
            string most = $"{TypeNames.Integer(number.Width, number.IsSigned)}.MaxValue";
            string comparable = number.IsSigned ? $"(ulong){most}" : most;
            Writer.Guard(
                $"_count > {comparable}",
                Refused(NotAllowed("\"count\"", read.SpecPath, $"$\"at most {{{most}}}\"")));
        }

        Writer.Line($"{type} {local} = {(type == "ulong" ? "_count" : $"({type})_count")};");
        foreach (CheckStep check in read.Checks)
        {
            Writer.Guard(
                values.Negated(check.Condition),
                Refused(NotAllowed("\"count\"", read.SpecPath, values.Describe(check.Expected))));
        }

        EmitNumber(read, procedure, number, local, Refused);
        EmitKeep(read, procedure, values);
        EmitGo(read.Next!);
        Writer.Close();
    }

    private void EmitNumber(
        ReadInstruction read,
        Procedure procedure,
        NumberStep number,
        string local,
        Func<string, string> refuse)
    {
        string width = Numbers.Text(number.Width);
        EmitLimit(read, procedure, width, refuse);
        EmitReserved(width, Numbers.Write(number, "room", "room[0]", local));
    }

    /// <summary>Writes a statement that fills so many bytes at the beginning of the room.</summary>
    private void EmitReserved(string size, string fill)
    {
        Writer.Line($"room = Reserve(room, {size});");
        Writer.Line(fill);
        Writer.Line($"room = room.Slice({size});");
    }

    private void EmitAlternatives(
        ReadInstruction read,
        IReadOnlyList<Alternative> alternatives,
        Procedure procedure,
        ValueEmitter values)
    {
        Slot own = read.Step.Target!;
        string Refused(string exception) => Refuse(read, exception);
        string local = Local(own);
        string type = Types.Of(own);
        Enumeration? enumeration = TypeNames.Essence(own).Enumeration;
        Writer.Open();
        Writer.Line($"{type} {local};");
        IReadOnlyDictionary<long, IReadOnlyList<byte>>? encodings = (read.Step as RecordStep)?.Slot.Record!.Encodings;
        string head = "if";
        foreach (Alternative alternative in alternatives)
        {
            EnumerationMember? member = enumeration?.Find(alternative.Value);
            string number = Numbers.Text(alternative.Value);
            Writer.Open($"{head} (token is {string.Join(" or ", alternative.Tokens.Select(Names.Qualified))})");
            Writer.Line(
                $"{local} = {(member is not null ? Types.Qualified(enumeration!, member) : enumeration is null ? number : $"({type})({number})")};"
            );
            if (encodings is not null)
            {
                // Here its size is known, so that it costs a few instructions.
                IReadOnlyList<byte> bytes = encodings[alternative.Value];
                string count = Numbers.Text(bytes.Count);
                EmitChecks(read, values, null, Refused);
                EmitLimit(read, procedure, count, Refused);
                Writer.Line($"room = Put(room, {Literals.Span(bytes)});");
            }

            Writer.Close();
            head = "else if";
        }

        Writer.Open("else");
        Writer.Line(Refuse(read, OutOfOrder([.. alternatives.SelectMany(alternative => alternative.Tokens)])));
        Writer.Close();
        Writer.Line();
        if (encodings is null)
        {
            EmitChecks(read, values, null, Refused);
            EmitChosen(read, procedure, values, local, Refused);
        }

        EmitKeep(read, procedure, values);
        EmitGo(read.Next!);
        Writer.Close();
    }

    private void EmitChosen(
        ReadInstruction read,
        Procedure procedure,
        ValueEmitter values,
        string local,
        Func<string, string> refuse)
    {
        switch (read.Step)
        {
            case RecordStep { Slot.Record: { } record } step:
                string arguments = string.Join(
                    ", ",
                    [.. record.Parameters.Zip(step.Arguments, values.Argument), local]);
                Writer.Line($"int size = {Types.Of(record)}.GetSize({arguments});");
                EmitLimit(read, procedure, "size", refuse);
                EmitReserved("size", $"{Types.Of(record)}.WriteChecked(room, {arguments});");
                break;
            case NumberStep number:
                EmitNumber(read, procedure, number, local, refuse);
                break;
            case ChoiceStep choice:
                string text = HolderEmitter.TextOf(choice.Slot.Enumeration!, local, Types);
                EmitLimit(read, procedure, $"{text}.Length", refuse);
                Writer.Line($"room = Put(room, {text});");
                break;
        }
    }

    /// <summary>Refuses a size that goes beyond what is left of a stated size.</summary>
    private void EmitFits(Instruction instruction, Value size, ValueEmitter values) =>
        Writer.Guard(
            values.IsMore(size, $"(ulong)(state.End - {Offset})"),
            Refuse(
                instruction,
                Types.Support.Call(SupportMember.TooLong, $"\"{instruction.SpecPath}\"", $"state.End - {Offset}")));

    private void EmitContent(ContentInstruction content, ValueEmitter values)
    {
        string name = Names.Of(content.Token);
        string rest = Names.Rest(content);
        EmitFits(content, content.Size, values);
        Writer.Line($"state.Remaining = {values.Int64(content.Size)};");
        Writer.Line($"goto case {rest};");
        Writer.NextCase(rest);
        Writer.Guard("state.Remaining == 0", $"goto case {Names.Of(content.Next!)};");
        Writer.Guard(
            $"token != {Names.Qualified(content.Token)}",
            Refuse(rest, Types.Support.Call(SupportMember.Incomplete, $"\"{name}\"", "state.Remaining")));
        EmitArrival(rest);
    }

    private void EmitEmbed(EmbedInstruction embed, ValueEmitter values)
    {
        string rest = Names.Rest(embed);
        string inner = $"state.{Names.Inner(embed)}";
        EmitExpect(embed, [embed.Token]);
        if (embed.Size is null)
        {
            Writer.Line($"{inner}.Reset({Offset}, state.End);");
        }
        else
        {
            EmitFits(embed, embed.Size, values);
            Writer.Line($"{inner}.Reset({Offset}, {Offset} + {values.Int64(embed.Size)});");
        }

        EmitArrival(rest);
        Writer.NextCase(rest);
        string isShort = embed.Size is null ? string.Empty : $" || {inner}.Offset != {inner}.End";
        Writer.Guard(
            $"!{inner}.IsComplete{isShort}",
            Refuse(rest, $"new InvalidOperationException(\"{Names.Of(embed.Token)} is not complete.\")"));
        Writer.Line($"state.Offset = {inner}.Offset;");
        Writer.Line($"state.Step = {Names.Of(embed.Next!)};");
        EmitGo(embed.Next!);
    }
}
