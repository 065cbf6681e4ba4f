using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the push writer of a stream program.</summary>
internal sealed class WriterEmitter(SourceWriter writer, TypeNames types, StreamNames names)
    : WriterPartEmitter(writer, types, names)
{
    // In full, so that no name of a specification can hide it.
    private const string AlwaysInlined =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    protected override string Offset => "OffsetAt(_room)";

    public void Emit()
    {
        Writer.Summary(
            $"Writes {Program.SpecId} token by token. It adds constants, lengths and paddings by itself and refuses a call that\n"
                + "the specification does not allow at that place; a right one can still be made then. Nothing is allocated."
        );
        Writer.Line("/// <typeparam name=\"TOutput\">What takes the bytes.</typeparam>");
        Writer.Line($"public ref struct {Names.Writer}<TOutput>");
        Writer.Line("    where TOutput : IBufferWriter<byte>");
        Writer.Open();
        EmitHead();
        foreach (Token token in Program.Tokens)
        {
            EmitToken(token);
            Writer.Line();
        }

        EmitComplete();
        new AdvanceEmitter(Writer, Types, Names).Emit();
        EmitHelpers();
        Writer.Close();
    }

    private void EmitHead()
    {
        EmitConstants();
        Writer.Line("private const int PreferredRoom = 4096;");
        Writer.Line();
        Writer.Line("private readonly TOutput _output;");
        Writer.Line($"private readonly {Names.State} _state;");
        Writer.Line("private Span<byte> _room;");
        Writer.Line("private int _given;");
        if (Instructions.OfType<ReadInstruction>().Any(read => read.CountOf is not null))
        {
            Writer.Line("private ulong _count;");
        }

        Writer.Line();
        Writer.Summary("Makes a writer that goes on where the state stands.");
        Writer.Line(
            "/// <param name=\"output\">Takes the bytes; it must not be used by others between a call and <see cref=\"Flush\"/>"
                + string.Concat(Instructions.OfType<ContentInstruction>().Select(content => $" or <see cref=\"{Names.Pass(content)}\"/>"))
                + ".</param>"
        );
        Writer.Parameter("state", null, "Where to go on.");
        Writer.Open($"public {Names.Writer}(TOutput output, {Names.State} state)");
        Writer.Line("_output = output;");
        Writer.Line("_state = state;");
        Writer.Close();
        Writer.Line();
    }

    private void EmitToken(Token token)
    {
        (Instruction instruction, Procedure procedure) = Program
            .Procedures.SelectMany(procedure => procedure.Instructions.Select(instruction => (instruction, procedure)))
            .First(pair => pair.instruction.Gives(token));
        string name = Names.Of(token);
        string doc = token.Doc?.Trim() ?? name + ".";
        switch (instruction)
        {
            case ReadInstruction read:
                EmitValue(read, procedure, name);
                break;
            case YieldInstruction when Names.Count(token) is not null:
                Writer.Summary($"Begins: {doc}");
                Writer.Parameter("count", null, "Number of elements that follow.");
                EmitExceptions(ofValues: true);
                Writer.Open($"public void {Names.Write(token)}(ulong count)");
                Writer.Line("_count = count;");
                Writer.Line($"Advance({Names.Qualified(token)});");
                Writer.Close();
                break;
            case ContentInstruction content:
                EmitPass(content, name, doc);
                Writer.Summary($"Writes a piece of: {doc}");
                Writer.Parameter("chunk", null, "The piece; the pieces of a field together have its size.");
                EmitExceptions(ofValues: false);
                Writer.Open($"public void {Names.Write(token)}(ReadOnlySpan<byte> chunk)");
                EmitWhole(content, procedure);
                Writer.Open("while (!chunk.IsEmpty)");
                Writer.Line($"Advance({Names.Qualified(token)});");
                EmitFits("chunk.Length > _state.Remaining", name);
                Writer.Line("Span<byte> room = Reserve(_room, 1);");
                Writer.Line("int count = Math.Min(chunk.Length, room.Length);");
                Writer.Line("chunk.Slice(0, count).CopyTo(room);");
                Writer.Line("chunk = chunk.Slice(count);");
                Writer.Line("_room = room.Slice(count);");
                Writer.Line("_state.Remaining -= count;");
                Writer.Close();
                Writer.Close();
                break;
            case EmbedInstruction embed:
                Writer.Summary(
                    $"Begins: {doc}\nIt is written by a {Types.StreamType(embed.SpecId, "Writer")} on the state's {Names.Inner(embed)}, before the next call here."
                );
                EmitExceptions(ofValues: embed.Size is not null);
                Writer.Open($"public void {Names.Write(token)}()");
                Writer.Line($"Advance({Names.Qualified(token)});");
                Writer.Line("Flush();");
                Writer.Close();
                break;
            default:
                Writer.Summary($"{(token.Kind == TokenKind.ListEnd ? "Ends" : "Begins")}: {doc}");
                EmitExceptions(ofValues: false);
                Writer.Line($"public void {Names.Write(token)}() => Advance({Names.Qualified(token)});");
                break;
        }
    }

    /// <summary>Takes the short way for a piece that is the whole field and has room: many fields are small.</summary>
    private void EmitWhole(ContentInstruction content, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(content, procedure);
        Writer.Line($"{Names.State} state = _state;");
        Writer.Open($"if (state.Step == {Names.Of(content)} && chunk.Length <= _room.Length)");
        if (!procedure.IsRoot && SlotUse.Of(content).Any())
        {
            DeclareFrame(procedure);
        }

        Writer.Open($"if ({values.IsSame("chunk.Length", content.Size)})");
        Writer.Line("// What goes beyond a stated size is no room, so that the field is not too long either.");
        Writer.Line("chunk.CopyTo(_room);");
        Writer.Line("_room = _room.Slice(chunk.Length);");
        Writer.Line("state.Remaining = 0;");
        Writer.Line($"state.Step = {Names.Rest(content)};");
        Writer.Line("return;");
        Writer.Close();
        Writer.Close();
        Writer.Line();
    }

    private void EmitPass(ContentInstruction content, string name, string doc)
    {
        Writer.Summary(
            $"Counts a piece that the caller puts into the output itself, of: {doc}\n"
                + "All that lies before the piece is in the output then; the piece itself may be put there after a call with 0, or\n"
                + "else before the next call.");
        Writer.Parameter("count", null, "Size of the piece in bytes.");
        EmitExceptions(ofValues: false);
        Writer.Line("/// <exception cref=\"ArgumentOutOfRangeException\">The count is negative.</exception>");
        Writer.Open($"public void {Names.Pass(content)}(int count)");
        Writer.Guard("count < 0", "throw new ArgumentOutOfRangeException(nameof(count));");
        Writer.Line($"Advance({Names.Qualified(content.Token)});");
        EmitFits("count > _state.Remaining", name);
        Writer.Line("Flush();");
        Writer.Line("_state.Remaining -= count;");
        Writer.Line("_state.Offset += count;");
        Writer.Close();
        Writer.Line();
    }

    private void EmitFits(string isLonger, string name) =>
        Writer.Guard(
            isLonger,
            $"throw new InvalidOperationException($\"{name} is longer than the {{_state.Remaining}} bytes that are left of its size.\");");

    private void EmitExceptions(bool ofValues)
    {
        Writer.Line(
            "/// <exception cref=\"InvalidOperationException\">The specification does not allow this here.</exception>"
        );
        if (ofValues)
        {
            Writer.Line(
                "/// <exception cref=\"ArgumentException\">The specification does not allow such a value.</exception>"
            );
        }
    }

    private void EmitValue(ReadInstruction read, Procedure procedure, string name)
    {
        NameScope locals = new([
            "state",
            "nameof",
            .. procedure.IsRoot ? [] : new[] { Names.FrameVariable(procedure) },
        ]);
        IReadOnlyList<Leaf> leaves = LeavesOf(read, locals);
        Writer.Summary(read.Token!.Doc, $"Writes {name}.");
        foreach (Leaf leaf in leaves)
        {
            Writer.Parameter(leaf.Name, leaf.Doc, "The value.");
        }

        EmitExceptions(ofValues: true);
        Writer.Open($"public void {Names.Write(read.Token)}({string.Join(", ", leaves.Select(leaf => $"{leaf.Type} {leaf.Name}"))})");
        ValueEmitter values = Written(read, procedure, leaves);
        Slot own = read.Step.Target!;
        bool isFree = SlotUse.Of(read).All(slot => slot == own || slot.IsPartOf(own) || slot == read.Limit?.Mark);
        void Arrive()
        {
            Writer.Line($"Advance({Names.Qualified(read.Token)});");
            Writer.Line($"{Names.State} state = _state;");
            if (!procedure.IsRoot
                && (
                    !isFree
                    || read.Limit is not null
                    || procedure.Slots.Exists(slot => slot == own || slot.IsPartOf(own))))
            {
                DeclareFrame(procedure);
            }
        }

        EmitPayload(read, procedure, values, leaves, locals, isFree, Arrive);
        EmitKeep(read, procedure, values);
        Writer.Line($"state.Step = {Names.Of(read.Next!)};");
        Writer.Close();
    }

    /// <summary>The values that make up a token, under the names of a method's parameters.</summary>
    private IReadOnlyList<Leaf> LeavesOf(ReadInstruction read, NameScope locals)
    {
        Slot slot = read.Step.Target!;
        if (slot.Record is not { } record)
        {
            return [Leaf.Of([slot], Types, locals)];
        }

        if (record.Values.Count > 1)
        {
            return Leaf.Of(record, Types, locals);
        }

        // A record of one value: one of this specification was made for its field, so the value says best what it is.
        Slot essence = TypeNames.Essence(slot);
        if (essence.Record is { } inner)
        {
            return Leaf.Of(inner, Types, locals);
        }

        Slot named = record.SpecId == Program.SpecId ? essence : slot;
        return [Leaf.Of([named], Types, locals) with { Path = [slot] }];
    }

    /// <summary>The values that a token's parameters stand for; others where they are kept.</summary>
    private ValueEmitter Written(ReadInstruction read, Procedure procedure, IReadOnlyList<Leaf> leaves)
    {
        Slot own = read.Step.Target!;
        return new ValueEmitter(
            Types,
            slot =>
            {
                if (slot != own && !slot.IsPartOf(own))
                {
                    return Names.Place(slot, procedure);
                }

                if (leaves.Count == 1 && leaves[0].Path[0] == own)
                {
                    return leaves[0].Name;
                }

                return Leaf.FindPart(leaves, slot, own)?.Name;
            });
    }

    /// <summary>
    /// Writes a value. What is allowed whatever came before is checked first, so that a value that is not leaves even the
    /// choice between tokens open.
    /// </summary>
    /// <param name="read">The instruction.</param>
    /// <param name="procedure">Its procedure.</param>
    /// <param name="values">Its values.</param>
    /// <param name="leaves">The parameters.</param>
    /// <param name="locals">Names that are in use.</param>
    /// <param name="isFree">Whether all checks are of the value alone.</param>
    /// <param name="arrive">Writes the code that goes to the value's place.</param>
    private void EmitPayload(
        ReadInstruction read,
        Procedure procedure,
        ValueEmitter values,
        IReadOnlyList<Leaf> leaves,
        NameScope locals,
        bool isFree,
        Action arrive)
    {
        if (!isFree)
        {
            arrive();
        }

        EmitChecks(read, values, leaves.Count == 1 ? leaves[0].Name : null, Throw);
        string name = leaves[0].Name;
        string sizeName = locals.Claim("size");
        string room = locals.Claim("room");
        string size;
        string write;
        switch (read.Step)
        {
            case RecordStep { Slot.Record: { } record } step:
                string arguments = string.Join(
                    ", ",
                    [.. record.Parameters.Zip(step.Arguments, values.Argument), .. leaves.Select(leaf => leaf.Name)]);
                size = $"{Types.Of(record)}.GetSize({arguments})";
                write = $"{Types.Of(record)}.WriteChecked({room}, {arguments});";
                break;
            case NumberStep number:
                if (Numbers.CanBeOutside(number))
                {
                    Writer.Guard(
                        Numbers.IsOutside(number, name),
                        Refuse(name, read.SpecPath, Numbers.Range(number)));
                }

                size = Numbers.Text(number.Width);
                write = Numbers.Write(number, room, $"{room}[0]", name);
                break;
            case ChoiceStep choice:
                string text = HolderEmitter.TextOf(choice.Slot.Enumeration!, name, Types);
                EmitLength(read, choice.Size, $"{text}.Length", name, values);
                size = $"{text}.Length";
                write = $"{text}.CopyTo({room});";
                break;
            case BytesStep { Terminator: { } terminator } bytes:
                Writer.Guard(
                    $"{values.IsLonger($"{name}.Length", bytes.Size)} || {name}.Contains((byte){Numbers.Text(terminator)})",
                    Refuse(
                        name,
                        read.SpecPath,
                        $"$\"at most {{{values.Integer(bytes.Size)}}} bytes long and without a byte of value {Numbers.Text(terminator)}\""));
                size = values.Int32(bytes.Size);
                write = Types.Support.Call(SupportMember.Terminate, name, Numbers.Text(terminator), room) + ";";
                break;
            default:
                EmitLength(read, ((BytesStep)read.Step).Size, $"{name}.Length", name, values);
                size = $"{name}.Length";
                write = $"{name}.CopyTo({room});";
                break;
        }

        Writer.Line($"int {sizeName} = {size};");
        if (isFree)
        {
            arrive();
        }

        EmitLimit(read, procedure, sizeName, Throw);
        if (read.Ascending is { } rule)
        {
            string bytes = values.Access(rule.Bytes);
            Writer.Guard(
                $"!state.{Names.Of(rule)}.Accept({Level(procedure)}, {bytes})",
                Refuse(bytes, rule.SpecPath, "\"after the one before it in byte order\""));
        }

        Writer.Line($"Span<byte> {room} = Take({sizeName});");
        Writer.Line(write);
    }

    private void EmitLength(ReadInstruction read, Value size, string length, string name, ValueEmitter values) =>
        Writer.Guard(
            values.IsOther(length, size),
            Refuse(name, read.SpecPath, $"$\"{{{values.Integer(size)}}} bytes long\""));

    private static string Throw(string exception) => $"throw {exception};";

    private string Refuse(string name, string specPath, string expected) =>
        $"throw {NotAllowed($"nameof({name})", specPath, expected)};";

    private void EmitComplete()
    {
        Writer.Summary("Writes what is left after the last token, and passes everything on to the output.");
        Writer.Line("/// <exception cref=\"InvalidOperationException\">Something is still missing.</exception>");
        Writer.Line($"public void Complete() => Advance({Names.Qualified(null)});");
        Writer.Line();
        Writer.Summary("Passes everything that was written on to the output.");
        Writer.Open("public void Flush()");
        Writer.Line("int count = _given - _room.Length;");
        Writer.Open("if (count > 0)");
        Writer.Line("_output.Advance(count);");
        Writer.Line("_state.Offset += count;");
        Writer.Close();
        Writer.Line();
        Writer.Line("_room = default;");
        Writer.Line("_given = 0;");
        Writer.Close();
        Writer.Line();
    }

    private void EmitHelpers()
    {
        Writer.Summary("Offset of the next byte; the state counts what has been passed on.");
        Writer.Line("private readonly long OffsetAt(Span<byte> room) => _state.Offset + (_given - room.Length);");
        Writer.Line();
        Writer.Summary("Leaves the state where a call was refused.");
        Writer.Open($"private Exception Refused(Span<byte> room, {Names.StepType} step, Exception exception)");
        Writer.Line("_room = room;");
        Writer.Line("_state.Step = step;");
        Writer.Line("return exception;");
        Writer.Close();
        Writer.Line();
        Writer.Summary("Gets room for so many bytes, and counts them as written.");
        Writer.Open("private Span<byte> Take(int size)");
        Writer.Line("Span<byte> room = Reserve(_room, size);");
        Writer.Line("_room = room.Slice(size);");
        Writer.Line("return room.Slice(0, size);");
        Writer.Close();
        Writer.Line();
        Writer.Summary("Writes bytes, and gives the room after them.");
        Writer.Line(AlwaysInlined);
        Writer.Open("private Span<byte> Put(Span<byte> room, ReadOnlySpan<byte> bytes)");
        Writer.Line("room = Reserve(room, bytes.Length);");
        Writer.Line("bytes.CopyTo(room);");
        Writer.Line("return room.Slice(bytes.Length);");
        Writer.Close();
        Writer.Line();
        Writer.Summary("Gives room for at least so many bytes: what is left of it, or else more.");
        Writer.Line(AlwaysInlined);
        Writer.Line("private Span<byte> Reserve(Span<byte> room, int least) => room.Length < least ? MakeRoom(room, least) : room;");
        Writer.Line();
        Writer.Summary("Asks the output for room; what goes beyond a stated size is none.");
        Writer.Open("private Span<byte> MakeRoom(Span<byte> rest, int least)");
        Writer.Line("// What is thrown here, by the output too, comes in the middle of a call, after which none can go on.");
        Writer.Line($"{Names.StepType} step = _state.Step;");
        Writer.Line($"_state.Step = {Names.StepType}.Failed;");
        Writer.Line("_room = rest;");
        Writer.Line("Flush();");
        Writer.Line("long left = _state.End - _state.Offset;");
        Writer.Guard(
            "least > left",
            $"throw new {Types.Support.Name(SupportMember.SizeException)}($\"Only {{left}} bytes are left of the stated size.\");");
        Writer.Line("Span<byte> room = _output.GetSpan(Math.Max(least, PreferredRoom));");
        Writer.Line("_room = room.Length > left ? room.Slice(0, (int)left) : room;");
        Writer.Line("_given = _room.Length;");
        Writer.Line("_state.Step = step;");
        Writer.Line("return _room;");
        Writer.Close();
    }
}
