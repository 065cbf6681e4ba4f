using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the push writer of a stream program.</summary>
internal sealed class WriterEmitter(SourceWriter writer, StreamNames names) : StreamEmitter(writer, names)
{
    public void Emit()
    {
        Writer.Summary(
            $"Writes {Program.SpecId} token by token. It adds constants, lengths and paddings by itself and refuses a call that\n" +
            "the specification does not allow at that place. Nothing is allocated.");
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
        EmitAdvance();
        EmitHelpers();
        Writer.Close();
    }

    private void EmitHead()
    {
        foreach (ReadInstruction read in Program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<ReadInstruction>())
        {
            if (read.Step is ConstantStep constant)
            {
                Writer.Line($"private static ReadOnlySpan<byte> {Names.Bare(read)}Bytes => {Literals.Bytes(constant.Bytes)};");
                Writer.Line();
            }
        }

        Writer.Line("private const int PreferredRoom = 4096;");
        Writer.Line();
        Writer.Line("private readonly TOutput _output;");
        Writer.Line($"private readonly {Names.State} _state;");
        Writer.Line("private Span<byte> _span;");
        Writer.Line("private int _position;");
        if (Counted().Any())
        {
            Writer.Line("private ulong _count;");
        }

        Writer.Line();
        Writer.Summary(null, "Makes a writer that goes on where the state stands.");
        Writer.Line("/// <param name=\"output\">Takes the bytes; it must not be used by others between a call and <see cref=\"Flush\"/>.</param>");
        Writer.Line("/// <param name=\"state\">Where to go on.</param>");
        Writer.Open($"public {Names.Writer}(TOutput output, {Names.State} state)");
        Writer.Line("_output = output;");
        Writer.Line("_state = state;");
        Writer.Close();
        Writer.Line();
    }

    private IEnumerable<ReadInstruction> Counted() =>
        Program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<ReadInstruction>().Where(read => read.CountOf is not null);

    private void EmitToken(Token token)
    {
        (Instruction instruction, Procedure procedure) = Program.Procedures
            .SelectMany(procedure => procedure.Instructions.Select(instruction => (instruction, procedure)))
            .First(pair => Gives(pair.instruction, token));
        string name = Names.Of(token);
        switch (instruction)
        {
            case ReadInstruction read:
                EmitValue(read, procedure, name);
                break;
            case YieldInstruction when token is { Kind: TokenKind.ListStart, Slot: not null }:
                Writer.Summary(token.Doc, "Begins a list.");
                Writer.Line("/// <param name=\"count\">Number of elements that follow.</param>");
                EmitExceptions();
                Writer.Open($"public void Write{name}(ulong count)");
                Writer.Line("_count = count;");
                Writer.Line($"Advance({Names.Qualified(token)});");
                Writer.Close();
                break;
            case ContentInstruction:
                Writer.Summary(token.Doc, "Writes a piece of a streamed field.");
                Writer.Line("/// <param name=\"chunk\">The piece; the pieces of a field together have its size.</param>");
                EmitExceptions();
                Writer.Open($"public void Write{name}(ReadOnlySpan<byte> chunk)");
                Writer.Line("while (!chunk.IsEmpty)");
                Writer.Line("{");
                Writer.Indent();
                Writer.Line($"Advance({Names.Qualified(token)});");
                Writer.Open("if (chunk.Length > _state.Remaining)");
                Writer.Line($"throw new InvalidOperationException($\"{name} is longer than the {{_state.Remaining}} bytes that are left of its size.\");");
                Writer.Close();
                Writer.Line();
                Writer.Line("Span<byte> room = Take(1, chunk.Length);");
                Writer.Line("chunk.Slice(0, room.Length).CopyTo(room);");
                Writer.Line("chunk = chunk.Slice(room.Length);");
                Writer.Line("_state.Remaining -= room.Length;");
                Writer.Close();
                Writer.Close();
                break;
            case EmbedInstruction:
                Writer.Summary($"{token.Doc?.Trim()}\nIt is written by a {Generator.Emit.Names.Pascal(((EmbedInstruction)instruction).SpecId)}Writer on the state's {name}, before the next call here.");
                EmitExceptions();
                Writer.Open($"public void Write{name}()");
                Writer.Line($"Advance({Names.Qualified(token)});");
                Writer.Line("Flush();");
                Writer.Close();
                break;
            default:
                Writer.Summary(token.Doc, "Begins or ends a list.");
                EmitExceptions();
                Writer.Open($"public void Write{name}()");
                Writer.Line($"Advance({Names.Qualified(token)});");
                Writer.Close();
                break;
        }
    }

    private static bool Gives(Instruction instruction, Token token) => instruction switch
    {
        ReadInstruction read => read.Token == token,
        YieldInstruction yielding => yielding.Token == token,
        ContentInstruction content => content.Token == token,
        EmbedInstruction embed => embed.Token == token,
        _ => false,
    };

    private void EmitExceptions()
    {
        Writer.Line("/// <exception cref=\"InvalidOperationException\">The specification does not allow this here.</exception>");
    }

    private void EmitValue(ReadInstruction read, Procedure procedure, string name)
    {
        Slot slot = read.Token!.Slot!;
        string local = Generator.Emit.Names.Camel(slot.Name);
        IReadOnlyList<Leaf> leaves = slot.Record is null
            ? [new Leaf(local, TypeNames.Of(slot), [slot], slot.Doc)]
            : slot.Record.Values.Count == 1 && TypeNames.Essence(slot).Record is null
                ? [new Leaf(local, TypeNames.Of(slot), [slot], slot.Doc)]
                : Leaf.Of(slot.Record);
        Writer.Summary(read.Token.Doc, $"Writes {name}.");
        foreach (Leaf leaf in leaves)
        {
            string doc = string.Join(" ", (leaf.Doc ?? "The value.").Trim().Split('\n').Select(line => line.Trim()));
            Writer.Line($"/// <param name=\"{leaf.Name.TrimStart('@')}\">{doc.Replace("&", "&amp;").Replace("<", "&lt;")}</param>");
        }

        EmitExceptions();
        Writer.Line("/// <exception cref=\"ArgumentException\">The specification does not allow such a value.</exception>");
        Writer.Open($"public void Write{name}({string.Join(", ", leaves.Select(leaf => $"{leaf.Type} {leaf.Name}"))})");
        Writer.Line($"Advance({Names.Qualified(read.Token)});");
        DeclareFrames();
        EmitPayload(read, procedure, leaves);
        EmitKept(read, procedure, leaves);
        Writer.Line($"state.Step = {Names.Of(read.Next!)};");
        Writer.Close();
    }

    private ValueEmitter Written(ReadInstruction read, Procedure procedure, IReadOnlyList<Leaf> leaves)
    {
        Slot own = SlotOf(read.Step)!;
        return new ValueEmitter(slot =>
        {
            if (slot == own)
            {
                return leaves[0].Name;
            }

            for (Slot? part = slot; part is not null; part = part.Parent)
            {
                if (part.Parent == own)
                {
                    return leaves.FirstOrDefault(leaf => leaf.Path[0].Name == part.Name)?.Name ?? leaves[0].Name;
                }
            }

            return Names.Place(slot, procedure);
        });
    }

    private void EmitPayload(ReadInstruction read, Procedure procedure, IReadOnlyList<Leaf> leaves)
    {
        ValueEmitter values = Written(read, procedure, leaves);
        foreach (CheckStep check in read.Checks)
        {
            Writer.Open($"if ({values.Negated(check.Condition)})");
            Writer.Line($"throw KsySupport.NotAllowed(nameof({leaves[0].Name}), \"{read.SpecPath}\", {values.Describe(check.Expected)});");
            Writer.Close();
            Writer.Line();
        }

        string size;
        string write;
        switch (read.Step)
        {
            case RecordStep { Slot: var slot } step:
                RecordProgram record = slot.Record!;
                string arguments = string.Concat(record.Parameters.Zip(step.Arguments, (parameter, value) => values.Argument(parameter, value) + ", ")) +
                    string.Join(", ", leaves.Select(leaf => leaf.Name));
                size = $"{TypeNames.Of(record)}.GetSize({arguments})";
                write = $"{TypeNames.Of(record)}.Write(room, {arguments});";
                break;
            case NumberStep number:
                size = number.Width.ToString(System.Globalization.CultureInfo.InvariantCulture);
                write = RecordEmitter.WriteNumber(number, "room", "room[0]", leaves[0].Name);
                break;
            case ChoiceStep choice:
                string text = $"{TypeNames.Holder(choice.Slot.Enumeration!.SpecId)}.TextOf({leaves[0].Name})";
                size = $"{text}.Length";
                write = $"{text}.CopyTo(room);";
                break;
            default:
                BytesStep bytes = (BytesStep)read.Step;
                Writer.Open($"if ((ulong){leaves[0].Name}.Length != {values.Integer(bytes.Size)})");
                Writer.Line($"throw KsySupport.NotAllowed(nameof({leaves[0].Name}), \"{read.SpecPath}\", $\"{{{values.Integer(bytes.Size)}}} bytes long\");");
                Writer.Close();
                Writer.Line();
                size = $"{leaves[0].Name}.Length";
                write = $"{leaves[0].Name}.CopyTo(room);";
                break;
        }

        Writer.Line($"int size = {size};");
        if (read.Ascending is { } rule)
        {
            string bytes = values.Access(rule.Bytes);
            Writer.Open($"if (!state.{Names.Of(rule)}.Accept({Level(procedure)}, {bytes}))");
            Writer.Line($"throw KsySupport.NotAllowed(nameof({bytes}), \"{rule.SpecPath}\", \"after the one before it in byte order\");");
            Writer.Close();
            Writer.Line();
        }

        EmitLimit(read, "size");
        Writer.Line("Span<byte> room = Take(size, size);");
        Writer.Line(write);
    }

    private void EmitLimit(ReadInstruction read, string size)
    {
        if (read.Limit is not { } limit)
        {
            return;
        }

        Writer.Open($"if (state.Offset + {size} - state.{Names.Kept(limit.Mark)} > {limit.Maximum})");
        Writer.Line($"throw KsySupport.NotAllowed(null, \"{limit.SpecPath}\", \"at most {limit.Maximum} bytes long\");");
        Writer.Close();
        Writer.Line();
    }

    private void EmitKept(ReadInstruction read, Procedure procedure, IReadOnlyList<Leaf> leaves)
    {
        ValueEmitter values = Written(read, procedure, leaves);
        Slot own = SlotOf(read.Step)!;
        foreach (Slot slot in procedure.Slots.Where(slot => slot == own || slot.Parent == own))
        {
            Writer.Line($"{Names.Place(slot, procedure)} = {values.Access(slot)};");
        }
    }

    private void EmitComplete()
    {
        Writer.Summary(null, "Writes what is left after the last token, and passes everything on to the output.");
        Writer.Line("/// <exception cref=\"InvalidOperationException\">Something is still missing.</exception>");
        Writer.Open("public void Complete()");
        Writer.Line($"Advance({Names.Qualified(null)});");
        Writer.Line("Flush();");
        Writer.Close();
        Writer.Line();
        Writer.Summary(null, "Passes everything that was written on to the output.");
        Writer.Open("public void Flush()");
        Writer.Open("if (_position > 0)");
        Writer.Line("_output.Advance(_position);");
        Writer.Close();
        Writer.Line();
        Writer.Line("_span = default;");
        Writer.Line("_position = 0;");
        Writer.Close();
        Writer.Line();
    }

    private void EmitAdvance()
    {
        Writer.Summary(null, "Writes all that lies before a token, which must be one that can come next.");
        Writer.Open($"private void Advance({Names.TokenType} token)");
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
                EmitInstruction(instruction, procedure);
                Writer.Outdent();
                Writer.Line();
            }
        }

        Writer.Line("default:");
        Writer.Indent();
        Writer.Line("throw new InvalidOperationException(\"The state belongs to a reader that has failed.\");");
        Writer.Outdent();
        Writer.Close();
        Writer.Close();
        Writer.Close();
        Writer.Line();
    }

    private void EmitInstruction(Instruction instruction, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(instruction, procedure);
        switch (instruction)
        {
            case ReadInstruction { Step: ConstantStep constant } read:
                EmitLimit(read, constant.Bytes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Writer.Line($"{Names.Bare(read)}Bytes.CopyTo(Take({constant.Bytes.Count}, {constant.Bytes.Count}));");
                EmitGo(read.Next!);
                break;
            case ReadInstruction { Step: PaddingStep padding } read:
                Writer.Line("{");
                Writer.Indent();
                Writer.Line($"int length = {values.Int32(padding.Count)};");
                EmitLimit(read, "length");
                Writer.Line($"Take(length, length).Fill({padding.Filler});");
                EmitGo(read.Next!);
                Writer.Close();
                break;
            case ReadInstruction { CountOf: { } counted, Step: NumberStep number } read:
                EmitExpect([counted]);
                EmitCount(read, number, procedure);
                break;
            case ReadInstruction { Alternatives: { } alternatives } read:
                EmitAlternatives(read, alternatives, procedure);
                break;
            case ReadInstruction { Token: { } token } read:
                EmitExpect([token]);
                Writer.Line($"state.Step = {Names.Of(read)};");
                Writer.Line("return;");
                break;
            case ReadInstruction read:
                EmitGo(read.Next!);
                break;
            case YieldInstruction yielding:
                EmitExpect([yielding.Token]);
                if (yielding.Restart is { } rule)
                {
                    Writer.Line($"state.{Names.Of(rule)}.Restart({Level(procedure)});");
                }

                Writer.Line($"state.Step = {Names.Of(yielding.Next!)};");
                Writer.Line("return;");
                break;
            case BranchInstruction { Condition: null } branch:
                EmitBranch(branch, $"token is not ({string.Join(" or ", branch.Continuing!.Select(Names.Qualified))})");
                break;
            case BranchInstruction branch:
                EmitBranch(branch, values.Negated(branch.Condition!));
                break;
            case AssignInstruction assign:
                EmitAssign(assign, procedure, "state.Offset");
                break;
            case ContentInstruction content:
                EmitContent(content, values);
                break;
            case CallInstruction call:
                EmitCall(call, procedure, $"throw KsySupport.NotAllowed(null, \"{call.SpecPath}\", \"at most {call.Procedure.MaximumDepth} levels of {call.Procedure.Name}\");");
                break;
            case ReturnInstruction:
                EmitReturn(procedure);
                break;
            case EmbedInstruction embed:
                EmitEmbed(embed, values);
                break;
            case EndInstruction end:
                EmitExpect([null]);
                Writer.Line($"state.Step = {Names.Of(end)};");
                Writer.Line("return;");
                break;
        }
    }

    private void EmitExpect(IReadOnlyList<Token?> tokens)
    {
        string allowed = string.Join(" or ", tokens.Select(Names.Qualified));
        Writer.Open(tokens.Count == 1 ? $"if (token != {allowed})" : $"if (token is not ({allowed}))");
        Writer.Line(OutOfOrder(tokens));
        Writer.Close();
        Writer.Line();
    }

    private string OutOfOrder(IReadOnlyList<Token?> tokens) =>
        $"throw KsySupport.OutOfOrder(token.ToString(), \"{string.Join(" or ", tokens.Select(token => token is null ? "the end" : Names.Of(token)))}\");";

    private void EmitCount(ReadInstruction read, NumberStep number, Procedure procedure)
    {
        Writer.Line("{");
        Writer.Indent();
        string type = TypeNames.Of(number.Slot);
        string local = Generator.Emit.Names.Camel(number.Slot.Name);
        Writer.Line($"{type} {local} = {(type == "ulong" ? "_count" : $"checked(({type})_count)")};");
        foreach (CheckStep check in read.Checks)
        {
            ValueEmitter values = ValuesOf(read, procedure);
            Writer.Open($"if ({values.Negated(check.Condition)})");
            Writer.Line($"throw KsySupport.NotAllowed(\"count\", \"{read.SpecPath}\", {values.Describe(check.Expected)});");
            Writer.Close();
            Writer.Line();
        }

        EmitLimit(read, number.Width.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Writer.Line($"Span<byte> room = Take({number.Width}, {number.Width});");
        Writer.Line(RecordEmitter.WriteNumber(number, "room", "room[0]", local));
        EmitKeep(read, procedure);
        EmitGo(read.Next!);
        Writer.Close();
    }

    private void EmitAlternatives(ReadInstruction read, IReadOnlyList<Alternative> alternatives, Procedure procedure)
    {
        Slot own = SlotOf(read.Step)!;
        string local = Generator.Emit.Names.Camel(own.Name);
        string type = TypeNames.Of(own);
        Enumeration? enumeration = TypeNames.Essence(own).Enumeration;
        Writer.Line("{");
        Writer.Indent();
        Writer.Line($"{type} {local};");
        string head = "if";
        foreach (Alternative alternative in alternatives)
        {
            Writer.Open($"{head} (token is {string.Join(" or ", alternative.Tokens.Select(Names.Qualified))})");
            EnumerationMember? member = enumeration?.Members.FirstOrDefault(item => item.Value == alternative.Value);
            Writer.Line($"{local} = {(member is null ? alternative.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{type}.{Generator.Emit.Names.Pascal(member.Label)}")};");
            Writer.Close();
            head = "else if";
        }

        Writer.Open("else");
        Writer.Line(OutOfOrder([.. alternatives.SelectMany(alternative => alternative.Tokens)]));
        Writer.Close();
        Writer.Line();
        switch (read.Step)
        {
            case RecordStep { Slot.Record: var record }:
                Writer.Line($"int size = {TypeNames.Of(record!)}.GetSize({local});");
                EmitLimit(read, "size");
                Writer.Line($"{TypeNames.Of(record!)}.Write(Take(size, size), {local});");
                break;
            case NumberStep number:
                EmitLimit(read, number.Width.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Writer.Line($"Span<byte> room = Take({number.Width}, {number.Width});");
                Writer.Line(RecordEmitter.WriteNumber(number, "room", "room[0]", local));
                break;
            case ChoiceStep choice:
                string text = $"{TypeNames.Holder(choice.Slot.Enumeration!.SpecId)}.TextOf({local})";
                Writer.Line($"{text}.CopyTo(Take({text}.Length, {text}.Length));");
                break;
        }

        EmitKeep(read, procedure);
        EmitGo(read.Next!);
        Writer.Close();
    }

    private void EmitContent(ContentInstruction content, ValueEmitter values)
    {
        string size = values.Integer(content.Size);
        string name = Names.Of(content.Token);
        Writer.Open($"if ((ulong){size} > (ulong)(state.End - state.Offset))");
        Writer.Line($"throw KsySupport.NotAllowed(null, \"{content.SpecPath}\", $\"at most {{state.End - state.Offset}} bytes long\");");
        Writer.Close();
        Writer.Line();
        Writer.Line($"state.Remaining = (long){size};");
        Writer.Line($"goto case {Rest(content)};");
        Writer.Outdent();
        Writer.Line();
        Writer.Line($"case {Rest(content)}:");
        Writer.Indent();
        Writer.Open("if (state.Remaining == 0)");
        EmitGo(content.Next!);
        Writer.Close();
        Writer.Line();
        Writer.Open($"if (token != {Names.Qualified(content.Token)})");
        Writer.Line($"throw new InvalidOperationException($\"{{state.Remaining}} bytes of {name} are missing.\");");
        Writer.Close();
        Writer.Line();
        Writer.Line($"state.Step = {Rest(content)};");
        Writer.Line("return;");
    }

    private void EmitEmbed(EmbedInstruction embed, ValueEmitter values)
    {
        string name = Names.Of(embed.Token);
        string inner = $"state.{name}";
        EmitExpect([embed.Token]);
        if (embed.Size is null)
        {
            Writer.Line($"{inner}.Reset(state.Offset, state.End);");
        }
        else
        {
            string size = values.Integer(embed.Size);
            Writer.Open($"if ((ulong){size} > (ulong)(state.End - state.Offset))");
            Writer.Line($"throw KsySupport.NotAllowed(null, \"{embed.SpecPath}\", $\"at most {{state.End - state.Offset}} bytes long\");");
            Writer.Close();
            Writer.Line();
            Writer.Line($"{inner}.Reset(state.Offset, state.Offset + (long){size});");
        }

        Writer.Line($"state.Step = {Rest(embed)};");
        Writer.Line("return;");
        Writer.Outdent();
        Writer.Line();
        Writer.Line($"case {Rest(embed)}:");
        Writer.Indent();
        string isShort = embed.Size is null ? string.Empty : $" || {inner}.Offset != {inner}.End";
        Writer.Open($"if (!{inner}.IsComplete{isShort})");
        Writer.Line($"throw new InvalidOperationException(\"{name} is not complete.\");");
        Writer.Close();
        Writer.Line();
        Writer.Line($"state.Offset = {inner}.Offset;");
        Writer.Line($"state.Step = {Names.Of(embed.Next!)};");
        EmitGo(embed.Next!);
    }

    private void EmitHelpers()
    {
        Writer.Summary(null, "Gets room for at least and at most so many bytes, and counts what it gives as written.");
        Writer.Open("private Span<byte> Take(int least, int most)");
        Writer.Open("if (_span.Length - _position < least)");
        Writer.Line("Flush();");
        Writer.Line("_span = _output.GetSpan(Math.Max(least, PreferredRoom));");
        Writer.Close();
        Writer.Line();
        Writer.Open("if (least > _state.End - _state.Offset)");
        Writer.Line("throw new InvalidOperationException($\"Only {_state.End - _state.Offset} bytes are left of the stated size.\");");
        Writer.Close();
        Writer.Line();
        Writer.Line("int size = Math.Min(most, _span.Length - _position);");
        Writer.Line("Span<byte> room = _span.Slice(_position, size);");
        Writer.Line("_position += size;");
        Writer.Line("_state.Offset += size;");
        Writer.Line("return room;");
        Writer.Close();
    }
}
