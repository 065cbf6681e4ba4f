using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the pull reader of a stream program.</summary>
internal sealed class ReaderEmitter(SourceWriter writer, StreamNames names) : StreamEmitter(writer, names)
{
    private bool HasContent => Program.Procedures.SelectMany(procedure => procedure.Instructions).Any(instruction => instruction is ContentInstruction or EmbedInstruction);

    public void Emit()
    {
        Writer.Summary(
            $"Reads {Program.SpecId} token by token from blocks of bytes. It never looks behind a token that its block does not hold whole;\n" +
            "only streamed fields come in pieces. Nothing is allocated, and a reader that has failed stays failed.");
        Writer.Open($"public ref struct {Names.Reader}");
        EmitHead();
        EmitValues();
        EmitRead();
        EmitSkips();
        EmitHelpers();
        Writer.Close();
    }

    private void EmitHead()
    {
        EmitMinimum();
        foreach ((Instruction instruction, ConstantStep constant) in Constants())
        {
            Writer.Line($"private static ReadOnlySpan<byte> {Names.Bare(instruction)}Bytes => {Literals.Bytes(constant.Bytes)};");
            Writer.Line();
        }

        Writer.Line($"private readonly {Names.State} _state;");
        Writer.Line("private readonly ReadOnlySpan<byte> _block;");
        Writer.Line("private readonly bool _isFinalBlock;");
        Writer.Line("private readonly bool _endsAtLimit;");
        Writer.Line("private long _start;");
        Writer.Line("private int _position;");
        Writer.Line();
        Writer.Summary(null, "Makes a reader that goes on where the state stands.");
        Writer.Line("/// <param name=\"block\">The bytes from the state's offset on.</param>");
        Writer.Line("/// <param name=\"isFinalBlock\">Whether no bytes come after them.</param>");
        Writer.Line("/// <param name=\"state\">Where to go on.</param>");
        Writer.Open($"public {Names.Reader}(ReadOnlySpan<byte> block, bool isFinalBlock, {Names.State} state)");
        Writer.Line("long left = state.End - state.Offset;");
        Writer.Line("_endsAtLimit = left <= block.Length;");
        Writer.Line("_block = _endsAtLimit ? block.Slice(0, (int)left) : block;");
        Writer.Line("_isFinalBlock = isFinalBlock || _endsAtLimit;");
        Writer.Line("_state = state;");
        Writer.Line("_start = state.Offset;");
        Writer.Close();
        Writer.Line();
        Writer.Summary(null, "The token that was read last.");
        Writer.Line($"public {Names.TokenType} Token {{ get; private set; }}");
        Writer.Line();
        Writer.Summary(null, "Bytes of the block that have been read. The next block begins with the rest.");
        Writer.Line("public readonly int Consumed => _position;");
        Writer.Line();
        if (HasContent)
        {
            Writer.Summary(null, "Whether streamed fields are passed over without a token.");
            Writer.Line("public bool SkipContent { get; set; }");
            Writer.Line();
            Writer.Summary(null, "After a read that needs another block: bytes to pass over before that block begins.");
            Writer.Line("public long BytesToSkip { get; private set; }");
            Writer.Line();
        }
    }

    private void EmitMinimum()
    {
        EmbedInstruction[] embedded = [.. Program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<EmbedInstruction>()];
        string minimum = Program.LargestStep.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (EmbedInstruction embed in embedded)
        {
            string other = $"{Generator.Emit.Names.Pascal(embed.SpecId)}Reader.MinimumBlockSize";
            minimum = $"{minimum} > {other} ? {minimum} : {other}";
        }

        Writer.Summary(null, "A block of this many bytes, or the last one, is always enough for the next token.");
        Writer.Line($"public const int MinimumBlockSize = {minimum};");
        Writer.Line();
    }

    private IEnumerable<(Instruction, ConstantStep)> Constants() =>
        Program.Procedures.SelectMany(procedure => procedure.Instructions).OfType<ReadInstruction>()
            .Where(read => read.Step is ConstantStep).Select(read => ((Instruction)read, (ConstantStep)read.Step));

    private void EmitValues()
    {
        foreach (Token token in Program.Tokens)
        {
            if (token.Kind == TokenKind.Value)
            {
                Writer.Summary(token.Doc, $"The value of {Names.TokenType}.{Names.Of(token)}.");
                Writer.Line($"public {TypeNames.Of(token.Slot!)} {Names.Of(token)} {{ get; private set; }}");
                Writer.Line();
            }
            else if (token.Kind == TokenKind.Content)
            {
                Writer.Summary(token.Doc, "A piece of the streamed field.");
                Writer.Line($"public ReadOnlySpan<byte> {Names.Of(token)} {{ get; private set; }}");
                Writer.Line();
            }
            else if (CountName(token) is { } count)
            {
                Writer.Summary($"Number of elements of: {token.Doc?.Trim()}");
                Writer.Line($"public {TypeNames.Of(token.Slot!)} {count} {{ get; private set; }}");
                Writer.Line();
            }
        }
    }

    private string? CountName(Token token)
    {
        string name = token.Kind == TokenKind.ListStart && token.Slot is not null ? Names.Of(token) : string.Empty;
        return name.EndsWith("Start", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) + "Count" : null;
    }

    private void EmitRead()
    {
        Writer.Summary(null, "Reads the next token.");
        Writer.Line("/// <returns>Whether there is one. If not, either everything has been read, or the block ends before the next token does.</returns>");
        Writer.Line("/// <exception cref=\"FormatException\">The input is not valid.</exception>");
        Writer.Open("public bool Read()");
        Writer.Line("KsyFault fault = default;");
        DeclareFrames();
        Writer.Line($"{Names.StepType} step = state.Step;");
        Writer.Open("while (true)");
        Writer.Open("switch (step)");
        foreach (Procedure procedure in Program.Procedures)
        {
            foreach (Instruction instruction in procedure.Instructions)
            {
                EmitInstruction(instruction, procedure);
                Writer.Line();
            }
        }

        Writer.Line("default:");
        Writer.Indent();
        Writer.Line("throw new InvalidOperationException(\"The reader has failed before.\");");
        Writer.Outdent();
        Writer.Close();
        Writer.Close();
        Writer.Close();
        Writer.Line();
    }

    private void EmitInstruction(Instruction instruction, Procedure procedure)
    {
        Writer.Line($"case {Names.Of(instruction)}:");
        Writer.Indent();
        switch (instruction)
        {
            case ReadInstruction read:
                if (read.Step is ConstantStep && read.Checks.Count == 0)
                {
                    EmitConstant(read);
                    break;
                }

                Writer.Line("{");
                Writer.Indent();
                EmitStep(read, procedure);
                Writer.Close();
                break;
            case YieldInstruction yielding:
                if (yielding.Restart is { } rule)
                {
                    Writer.Line($"state.{Names.Of(rule)}.Restart({Level(procedure)});");
                }

                if (CountName(yielding.Token) is { } count)
                {
                    Writer.Line($"{count} = {Names.Place(yielding.Token.Slot!, procedure)};");
                }

                EmitYield(yielding.Token, yielding.Next!);
                break;
            case BranchInstruction { Condition: null } branch:
                Writer.Open("if (_position == _block.Length && !_isFinalBlock)");
                Writer.Line($"return Suspend({Names.Of(branch)});");
                Writer.Close();
                Writer.Line();
                EmitBranch(branch, "_position == _block.Length");
                break;
            case BranchInstruction branch:
                EmitBranch(branch, ValuesOf(branch, procedure).Negated(branch.Condition!));
                break;
            case AssignInstruction assign:
                EmitAssign(assign, procedure, "_start + _position");
                break;
            case ContentInstruction content:
                EmitContent(content, procedure);
                break;
            case CallInstruction call:
                EmitCall(call, procedure,
                    $"throw Wrong(fault.Other(0, \"\", \"at most {call.Procedure.MaximumDepth} levels of {call.Procedure.Name}\"), ref fault, \"{call.SpecPath}\");");
                break;
            case ReturnInstruction:
                EmitReturn(procedure);
                break;
            case EmbedInstruction embed:
                EmitEmbed(embed, procedure);
                break;
            case EndInstruction end:
                Writer.Line($"return Suspend({Names.Of(end)});");
                break;
        }

        Writer.Outdent();
    }

    private void EmitConstant(ReadInstruction read)
    {
        string bytes = Names.Bare(read) + "Bytes";
        Writer.Open($"if (!_block.Slice(_position).StartsWith({bytes}))");
        Writer.Line($"return Stop(fault.Constant(_block.Slice(_position), 0, {bytes}, \"\"), {Names.Of(read)}, ref fault, \"{read.SpecPath}\");");
        Writer.Close();
        Writer.Line();
        Writer.Line($"_position += {((ConstantStep)read.Step).Bytes.Count};");
        EmitLimit(read);
        EmitGo(read.Next!);
    }

    private void EmitStep(ReadInstruction read, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(read, procedure);
        switch (read.Step)
        {
            case NumberStep number:
                EmitRoom(read, $"_block.Length - _position < {number.Width}");
                string cast = number.Slot.Enumeration is null ? string.Empty : $"({TypeNames.Of(number.Slot)})";
                Writer.Line($"{TypeNames.Of(number.Slot)} {Local(number.Slot)} = {cast}{RecordEmitter.ReadNumber(number, "_block.Slice(_position)", "_block[_position]")};");
                EmitChecks(read, values);
                Writer.Line($"_position += {number.Width};");
                break;
            case BytesStep bytes:
                EmitRoom(read, $"(ulong)(_block.Length - _position) < {values.Integer(bytes.Size)}");
                Writer.Line($"ReadOnlySpan<byte> {Local(bytes.Slot)} = _block.Slice(_position, {values.Int32(bytes.Size)});");
                if (bytes.Terminator is { } terminator)
                {
                    Writer.Line($"{Local(bytes.Slot)} = KsySupport.Before({Local(bytes.Slot)}, {terminator});");
                }

                EmitChecks(read, values);
                Writer.Line($"_position += {values.Int32(bytes.Size)};");
                break;
            case RecordStep record:
                EmitRecord(read, record, values);
                break;
            case PaddingStep padding:
                Writer.Line($"int length = {values.Int32(padding.Count)};");
                EmitRoom(read, "_block.Length - _position < length");
                Writer.Open($"if (_block.Slice(_position, length).ContainsAnyExcept((byte){padding.Filler}))");
                Writer.Line($"return Stop(fault.Padding(_block.Slice(_position, length), 0, \"\", {padding.Filler}), {Names.Of(read)}, ref fault, \"{read.SpecPath}\");");
                Writer.Close();
                Writer.Line();
                Writer.Line("_position += length;");
                break;
            default:
                EmitChecks(read, values);
                break;
        }

        EmitLimit(read);
        EmitKeep(read, procedure);
        if (read.Ascending is { } rule)
        {
            Writer.Open($"if (!state.{Names.Of(rule)}.Accept({Level(procedure)}, {values.Access(rule.Bytes)}))");
            Writer.Line($"throw Wrong(fault.Bytes(0, \"\", \"a {rule.Bytes.Name} after the one before it in byte order\", {values.Access(rule.Bytes)}), ref fault, \"{rule.SpecPath}\");");
            Writer.Close();
            Writer.Line();
        }

        if (read.Token is null)
        {
            EmitGo(read.Next!);
            return;
        }

        Writer.Line($"{Names.Of(read.Token)} = {Local(read.Token.Slot!)};");
        EmitYield(read.Token, read.Next!);
    }

    private void EmitRecord(ReadInstruction read, RecordStep step, ValueEmitter values)
    {
        RecordProgram record = step.Slot.Record!;
        string arguments = string.Concat(record.Parameters.Zip(step.Arguments, (parameter, value) => values.Argument(parameter, value) + ", "));
        string view = record.Values.Count == 0 ? "_" : $"{TypeNames.Of(record)} view";
        Writer.Line($"OperationStatus status = {TypeNames.Of(record)}.TryRead(_block.Slice(_position), {arguments}out {view}, out int consumed, ref fault);");
        Writer.Open("if (status != OperationStatus.Done)");
        Writer.Line($"return Stop(status, {Names.Of(read)}, ref fault, \"{read.SpecPath}\");");
        Writer.Close();
        Writer.Line();
        if (record.Values.Count > 0)
        {
            Writer.Line($"{TypeNames.Of(step.Slot)} {Local(step.Slot)} = view{RecordEmitter.Essence(step.Slot)};");
        }

        EmitChecks(read, values);
        Writer.Line("_position += consumed;");
    }

    private void EmitChecks(ReadInstruction read, ValueEmitter values)
    {
        foreach (CheckStep check in read.Checks)
        {
            Writer.Open($"if ({values.Negated(check.Condition)})");
            string expected = values.Describe(check.Expected);
            string fault = check.Subject switch
            {
                { Kind: SlotKind.Integer, Parent: null } slot => $"fault.Number(0, \"\", {expected}, {(slot.Enumeration is null ? string.Empty : "(ulong)")}{Local(slot)}{(check.Known is null ? string.Empty : $", KsySupport.Known({Local(slot)})")})",
                { Kind: SlotKind.Bytes, Parent: null } slot => $"fault.Bytes(0, \"\", {expected}, {Local(slot)})",
                _ => $"fault.Other(0, \"\", {expected})",
            };
            Writer.Line($"return Stop({fault}, {Names.Of(read)}, ref fault, \"{read.SpecPath}\");");
            Writer.Close();
            Writer.Line();
        }
    }

    private void EmitRoom(ReadInstruction read, string isShort)
    {
        Writer.Open($"if ({isShort})");
        Writer.Line($"return Stop(OperationStatus.NeedMoreData, {Names.Of(read)}, ref fault, \"{read.SpecPath}\");");
        Writer.Close();
        Writer.Line();
    }

    private void EmitLimit(ReadInstruction read)
    {
        if (read.Limit is not { } limit)
        {
            return;
        }

        Writer.Open($"if (_start + _position - state.{Names.Kept(limit.Mark)} > {limit.Maximum})");
        Writer.Line($"throw Wrong(fault.Other(0, \"\", \"at most {limit.Maximum} bytes\"), ref fault, \"{limit.SpecPath}\");");
        Writer.Close();
        Writer.Line();
    }

    private void EmitYield(Token token, Instruction next) => Writer.Line($"return Yield({Names.Qualified(token)}, {Names.Of(next)});");

    private void EmitContent(ContentInstruction content, Procedure procedure)
    {
        string size = ValuesOf(content, procedure).Integer(content.Size);
        Writer.Open($"if ((ulong){size} > (ulong)(state.End - (_start + _position)))");
        Writer.Line($"throw Wrong(fault.Number(0, \"\", $\"at most {{state.End - (_start + _position)}} bytes\", (ulong){size}), ref fault, \"{content.SpecPath}\");");
        Writer.Close();
        Writer.Line();
        Writer.Line($"state.Remaining = (long){size};");
        Writer.Line($"goto case {Rest(content)};");
        Writer.Outdent();
        Writer.Line();
        Writer.Line($"case {Rest(content)}:");
        Writer.Indent();
        Writer.Line("{");
        Writer.Indent();
        Writer.Open("if (state.Remaining == 0)");
        EmitGo(content.Next!);
        Writer.Close();
        Writer.Line();
        Writer.Line("int length = (int)Math.Min(_block.Length - _position, state.Remaining);");
        Writer.Open("if (length == 0 && (_isFinalBlock || !SkipContent))");
        Writer.Line($"return Stop(OperationStatus.NeedMoreData, {Rest(content)}, ref fault, \"{content.SpecPath}\");");
        Writer.Close();
        Writer.Line();
        Writer.Open("if (SkipContent)");
        Writer.Line("_position += length;");
        Writer.Line("state.Remaining -= length;");
        Writer.Open("if (state.Remaining > 0 && !_isFinalBlock)");
        Writer.Line($"return PassOver({Rest(content)});");
        Writer.Close();
        Writer.Line();
        Writer.Line($"goto case {Rest(content)};");
        Writer.Close();
        Writer.Line();
        Writer.Line($"{Names.Of(content.Token)} = _block.Slice(_position, length);");
        Writer.Line("_position += length;");
        Writer.Line("state.Remaining -= length;");
        Writer.Line($"return Yield({Names.Qualified(content.Token)}, {Rest(content)});");
        Writer.Close();
    }

    private void EmitEmbed(EmbedInstruction embed, Procedure procedure)
    {
        string inner = $"state.{Names.Of(embed.Token)}";
        string reader = Generator.Emit.Names.Pascal(embed.SpecId) + "Reader";
        if (embed.Size is null)
        {
            Writer.Line($"{inner}.Reset(_start + _position, state.End);");
        }
        else
        {
            string size = ValuesOf(embed, procedure).Integer(embed.Size);
            Writer.Open($"if ((ulong){size} > (ulong)(state.End - (_start + _position)))");
            Writer.Line($"throw Wrong(fault.Number(0, \"\", $\"at most {{state.End - (_start + _position)}} bytes\", (ulong){size}), ref fault, \"{embed.SpecPath}\");");
            Writer.Close();
            Writer.Line();
            Writer.Line($"{inner}.Reset(_start + _position, _start + _position + (long){size});");
        }

        Writer.Line($"return Yield({Names.Qualified(embed.Token)}, {Rest(embed)});");
        Writer.Outdent();
        Writer.Line();
        Writer.Line($"case {Rest(embed)}:");
        Writer.Indent();
        Writer.Open($"if (!{inner}.IsComplete)");
        Writer.Line($"{reader} inner = new(_block.Slice(_position), _isFinalBlock, {inner}) {{ SkipContent = SkipContent }};");
        Writer.Open("while (inner.Read())");
        Writer.Close();
        Writer.Line();
        Writer.Line("_position += inner.Consumed;");
        Writer.Open($"if (!{inner}.IsComplete)");
        Writer.Line("BytesToSkip = inner.BytesToSkip;");
        Writer.Line("_start += BytesToSkip;");
        Writer.Line("Token = default;");
        Writer.Line($"state.Step = {Rest(embed)};");
        Writer.Line("return false;");
        Writer.Close();
        Writer.Close();
        Writer.Line();
        if (embed.Size is not null)
        {
            Writer.Open($"if ({inner}.Offset != {inner}.End)");
            Writer.Line($"throw Wrong(fault.Other(0, \"\", $\"a field that fills its stated size up to offset {{{inner}.End}}\"), ref fault, \"{embed.SpecPath}\");");
            Writer.Close();
            Writer.Line();
        }

        Writer.Line($"state.Step = {Names.Of(embed.Next!)};");
        EmitGo(embed.Next!);
    }

    private void EmitSkips()
    {
        foreach ((EmbedInstruction embed, _) in Program.Procedures.SelectMany(procedure => procedure.Instructions.OfType<EmbedInstruction>().Select(embed => (embed, procedure))))
        {
            if (embed.Size is null)
            {
                continue;
            }

            string name = Names.Of(embed.Token);
            Writer.Summary($"Passes over the rest of this field unread, by its stated size: {embed.Token.Doc?.Trim()}");
            Writer.Line("/// <returns>Bytes to pass over before the next block begins; this block is used up then.</returns>");
            Writer.Line("/// <exception cref=\"InvalidOperationException\">The reader does not stand in this field.</exception>");
            Writer.Open($"public long Skip{name}()");
            Writer.Open($"if (_state.Step != {Rest(embed)})");
            Writer.Line($"throw new InvalidOperationException(\"The reader does not stand in {name}.\");");
            Writer.Close();
            Writer.Line();
            Writer.Line($"long left = _state.{name}.End - _state.{name}.Offset;");
            Writer.Line("int here = (int)Math.Min(left, _block.Length - _position);");
            Writer.Line("_position += here;");
            Writer.Line("_start += left - here;");
            Writer.Line($"_state.{name}.PassOver();");
            Writer.Line("return left - here;");
            Writer.Close();
            Writer.Line();
        }
    }

    private void EmitHelpers()
    {
        if (Program.Procedures.SelectMany(procedure => procedure.Instructions).Any(instruction => instruction is ContentInstruction))
        {
            Writer.Summary(null, "Leaves the rest of a streamed field, which goes on beyond the block, to the caller.");
            Writer.Open($"private bool PassOver({Names.StepType} step)");
            Writer.Line("BytesToSkip = _state.Remaining;");
            Writer.Line("_start += BytesToSkip;");
            Writer.Line("_state.Remaining = 0;");
            Writer.Line("return Suspend(step);");
            Writer.Close();
            Writer.Line();
        }

        Writer.Open($"private bool Yield({Names.TokenType} token, {Names.StepType} next)");
        Writer.Line("Token = token;");
        Writer.Line("_state.Step = next;");
        Writer.Line("_state.Offset = _start + _position;");
        Writer.Line("return true;");
        Writer.Close();
        Writer.Line();
        Writer.Open($"private bool Suspend({Names.StepType} step)");
        Writer.Line("Token = default;");
        Writer.Line("_state.Step = step;");
        Writer.Line("_state.Offset = _start + _position;");
        Writer.Line("return false;");
        Writer.Close();
        Writer.Line();
        Writer.Summary(null, "Waits for more bytes if there are any; else the input is wrong.");
        Writer.Line($"private bool Stop(OperationStatus status, {Names.StepType} step, ref KsyFault fault, string path) =>");
        Writer.Indent();
        Writer.Line("status == OperationStatus.NeedMoreData && !_isFinalBlock ? Suspend(step) : throw Wrong(status, ref fault, path);");
        Writer.Outdent();
        Writer.Line();
        Writer.Open("private readonly Exception Wrong(OperationStatus status, ref KsyFault fault, string path)");
        Writer.Line($"_state.Step = {Names.StepType}.Failed;");
        Writer.Line("return KsySupport.Unreadable(status, ref fault, _start + _position, path, _endsAtLimit ? \"the end of the stated size\" : \"the end of the input\");");
        Writer.Close();
    }

    private static string Local(Slot slot) => Generator.Emit.Names.Camel(slot.Name);
}
