using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the pull reader of a stream program.</summary>
internal sealed class ReaderEmitter(SourceWriter writer, TypeNames types, StreamNames names)
    : StreamEmitter(writer, types, names)
{
    public void Emit()
    {
        Writer.Summary(
            $"Reads {Program.SpecId} token by token from blocks of bytes. It never looks past a token that its block does not hold whole;\n"
                + "only streamed fields come in pieces. Nothing is allocated, and a reader that has failed stays failed."
        );
        Writer.Open($"public ref struct {Names.Reader}");
        EmitHead();
        EmitValues();
        EmitSpecPath();
        EmitRead();
        EmitSkips();
        EmitHelpers();
        Writer.Close();
    }

    private void EmitHead()
    {
        EmitMinimum();
        EmitConstants();
        Writer.Line($"private readonly {Names.State} _state;");
        Writer.Line("private readonly ReadOnlySpan<byte> _block;");
        Writer.Line("private readonly bool _isFinalBlock;");
        Writer.Line("private readonly bool _endsAtLimit;");
        Writer.Line("private long _start;");
        Writer.Line("private int _position;");
        Writer.Line();
        Writer.Summary("Makes a reader that goes on where the state stands.");
        Writer.Parameter("block", null, "The bytes from the state's offset on.");
        Writer.Parameter("isFinalBlock", null, "Whether no bytes come after them.");
        Writer.Parameter("state", null, "Where to go on.");
        Writer.Open($"public {Names.Reader}(ReadOnlySpan<byte> block, bool isFinalBlock, {Names.State} state)");
        Writer.Line("long left = state.End - state.Offset;");
        Writer.Line("_endsAtLimit = left <= block.Length;");
        Writer.Line("_block = _endsAtLimit ? block.Slice(0, (int)left) : block;");
        Writer.Line("_isFinalBlock = isFinalBlock || _endsAtLimit;");
        Writer.Line("_state = state;");
        Writer.Line("_start = state.Offset;");
        Writer.Close();
        Writer.Line();
        Writer.Summary("The token that was read last.");
        Writer.Line($"public {Names.TokenType} Token {{ get; private set; }}");
        Writer.Line();
        Writer.Summary("Bytes of the block that have been read. The next block begins with the rest.");
        Writer.Line("public readonly int Consumed => _position;");
        Writer.Line();
        Writer.Summary("Whether streamed fields are passed over without a token.");
        Writer.Line("public bool SkipContent { get; set; }");
        Writer.Line();
        Writer.Summary("After a read that needs another block: bytes to pass over before that block begins.");
        Writer.Line("public long BytesToSkip { get; private set; }");
        Writer.Line();
    }

    private void EmitMinimum()
    {
        // One constant for each reader inside, as all in one would name each of them again and again.
        string minimum = Numbers.Text(Program.LargestStep);
        string? last = null;
        foreach (string specId in Instructions.OfType<EmbedInstruction>().Select(embed => embed.SpecId).Distinct())
        {
            if (last is not null)
            {
                Writer.Line($"private const int {Names.Minimum(last)} = {minimum};");
                Writer.Line();
                minimum = Names.Minimum(last);
            }

            string other = $"{Types.StreamType(specId, "Reader")}.MinimumBlockSize";
            minimum = $"{minimum} > {other} ? {minimum} : {other}";
            last = specId;
        }

        Writer.Summary("A block of this many bytes, or the last one, is always enough for the next token.");
        Writer.Line($"public const int MinimumBlockSize = {minimum};");
        foreach (Procedure procedure in Program.Procedures.Where(procedure => !procedure.IsRoot))
        {
            Writer.Line();
            Writer.Summary($"How many levels of {procedure.Name} there are at most.");
            Writer.Line($"public const int {Names.MaximumDepth(procedure)} = {procedure.MaximumDepth};");
        }
        Writer.Line();
    }

    private void EmitValues()
    {
        foreach (Token token in Program.Tokens)
        {
            switch (token)
            {
                case { Kind: TokenKind.Value, Slot: { } slot }:
                    Writer.Summary(token.Doc, $"The value of {Names.Qualified(token)}.");
                    Writer.Line($"public {Types.Of(slot)} {Names.Of(token)} {{ get; private set; }}");
                    break;
                case { Kind: TokenKind.Content }:
                    Writer.Summary($"A piece of: {token.Doc?.Trim() ?? "the streamed field."}");
                    Writer.Line($"public ReadOnlySpan<byte> {Names.Of(token)} {{ get; private set; }}");
                    break;
                case { Kind: TokenKind.ListStart, Slot: { } slot }:
                    Writer.Summary($"Number of elements of: {token.Doc?.Trim() ?? "the list."}");
                    Writer.Line($"public {Types.Of(slot)} {Names.Count(token)} {{ get; private set; }}");
                    break;
                default:
                    continue;
            }

            Writer.Line();
        }
    }

    private void EmitSpecPath()
    {
        Writer.Summary("Gets the place in the specification that a token comes from, as errors name it.");
        Writer.Line("/// <exception cref=\"ArgumentOutOfRangeException\">There is no such token.</exception>");
        Writer.Line($"public static string SpecPathOf({Names.TokenType} token) => token switch");
        Writer.Open();
        foreach (Token token in Program.Tokens)
        {
            string path = Instructions.First(instruction => instruction.Gives(token)).SpecPath;
            Writer.Line($"{Names.Qualified(token)} => \"{path}\",");
        }

        Writer.Line("_ => throw new ArgumentOutOfRangeException(nameof(token)),");
        Writer.Close(";");
        Writer.Line();
    }

    private void EmitRead()
    {
        Writer.Summary("Reads the next token.");
        Writer.Line(
            "/// <returns>Whether there is one. If not, either everything has been read, or the block ends before the next token does.</returns>"
        );
        Writer.Line("/// <exception cref=\"FormatException\">The input is not valid.</exception>");
        Writer.Open("public bool Read()");
        if (Instructions.Any(instruction =>
                instruction
                    is ReadInstruction
                        or ContentInstruction
                        or CallInstruction
                        or EmbedInstruction { Size: not null }))
        {
            Writer.Line("KsyFault fault = default;");
        }

        Writer.Line($"{Names.State} state = _state;");
        EmitMachine("The reader has failed before.", EmitInstruction);
        Writer.Close();
        Writer.Line();
    }

    private void EmitInstruction(Instruction instruction, Procedure procedure)
    {
        switch (instruction)
        {
            case ReadInstruction { Step: ConstantStep } read:
                EmitStep(read, procedure);
                break;
            case ReadInstruction read:
                Writer.Open();
                EmitStep(read, procedure);
                Writer.Close();
                break;
            case YieldInstruction yielding:
                if (yielding.Restart is { } rule)
                {
                    Writer.Line($"state.{Names.Of(rule)}.Restart({Level(procedure)});");
                }

                if (Names.Count(yielding.Token) is { } count)
                {
                    Writer.Line($"{count} = {Names.Place(yielding.Token.Slot!, procedure)};");
                }

                EmitYield(yielding.Token, yielding.Next!);
                break;
            case BranchInstruction { Condition: null } branch:
                Writer.Guard("_position == _block.Length && !_isFinalBlock", $"return Suspend({Names.Of(branch)});");
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
                string expected =
                    $"\"at most {Numbers.Text(call.Procedure.MaximumDepth)} levels of {call.Procedure.Name}\"";
                EmitCall(call, procedure, Throw(Fault(SupportMember.Other, expected, "\"one more\""), call.SpecPath));
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
    }

    /// <summary>A fault where the reader stands, in the field that it reads there.</summary>
    private string Fault(SupportMember member, params string[] arguments) =>
        Types.Support.Call(member, ["0", "\"\"", .. arguments]);

    private static string Throw(string fault, string specPath) => $"throw Wrong({fault}, ref fault, \"{specPath}\");";

    private string Stop(ReadInstruction read, string status) =>
        $"return Stop({status}, {Names.Of(read)}, ref fault, \"{read.SpecPath}\");";

    private void EmitStep(ReadInstruction read, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(read, procedure);
        string size = EmitPayload(read, values);
        EmitChecks(read, values);
        EmitAscending(read, procedure, values);
        Writer.Line($"_position += {size};");
        EmitLimit(read, procedure);
        EmitKeep(read, procedure, values);
        if (read.Token is null)
        {
            EmitGo(read.Next!);
            return;
        }

        Writer.Line($"{Names.Of(read.Token)} = {Local(read.Token.Slot!)};");
        EmitYield(read.Token, read.Next!);
    }

    /// <summary>Reads the value into a local variable and gives the number of its bytes, as C#.</summary>
    private string EmitPayload(ReadInstruction read, ValueEmitter values)
    {
        switch (read.Step)
        {
            case ConstantStep constant:
                string expected = Names.Constant(read);
                Writer.Guard(
                    $"!_block.Slice(_position).StartsWith({expected})",
                    Stop(
                        read,
                        Types.Support.Call(
                            SupportMember.Constant,
                            "_block.Slice(_position)",
                            "0",
                            expected,
                            "\"\"")));
                return Numbers.Text(constant.Bytes.Count);
            case NumberStep number:
                EmitRoom(read, $"_block.Length - _position < {Numbers.Text(number.Width)}");
                Writer.Line(
                    $"{Types.Of(number.Slot)} {Local(number.Slot)} = {Numbers.Read(number, "_block.Slice(_position)", "_block[_position]", Types)};"
                );
                return Numbers.Text(number.Width);
            case BytesStep bytes:
                EmitRoom(read, values.IsShorter("_block.Length - _position", bytes.Size));
                string value = $"_block.Slice(_position, {values.Int32(bytes.Size)})";
                if (bytes.Terminator is { } terminator)
                {
                    value = Types.Support.Call(SupportMember.Before, value, Numbers.Text(terminator));
                }

                Writer.Line($"ReadOnlySpan<byte> {Local(bytes.Slot)} = {value};");
                return values.Int32(bytes.Size);
            case ChoiceStep choice:
                EmitRoom(read, values.IsShorter("_block.Length - _position", choice.Size));
                Writer.Line($"ReadOnlySpan<byte> text = _block.Slice(_position, {values.Int32(choice.Size)});");
                Writer.Line($"{Types.Of(choice.Slot)} {Local(choice.Slot)};");
                ChoiceEmitter.Emit(
                    Writer,
                    Types,
                    choice.Slot.Enumeration!,
                    "text",
                    Local(choice.Slot),
                    Stop(read, Fault(SupportMember.Bytes, values.Describe(choice.Expected), "text")));
                return "text.Length";
            case PaddingStep padding:
                string filler = Numbers.Text(padding.Filler);
                Writer.Line($"int length = {values.Int32(padding.Count)};");
                EmitRoom(read, "_block.Length - _position < length");
                Writer.Guard(
                    Paddings.IsWrong(padding, "_block", "_position", "length", Types.Support),
                    Stop(
                        read,
                        Types.Support.Call(
                            SupportMember.Padding,
                            "_block.Slice(_position, length)",
                            "0",
                            "\"\"",
                            filler)));
                return "length";
            case RecordStep record:
                EmitRecord(read, record, values);
                return "consumed";
            default:
                throw new InvalidOperationException($"A stream does not read a {read.Step.GetType().Name} by itself.");
        }
    }

    private void EmitRecord(ReadInstruction read, RecordStep step, ValueEmitter values)
    {
        RecordProgram record = step.Slot.Record!;
        string type = Types.Of(record);
        string arguments = string.Concat(
            record.Parameters.Zip(step.Arguments, (parameter, value) => values.Argument(parameter, value) + ", "));
        string view = record.Values.Count == 0 ? "_" : "view";
        Writer.Line(
            $"OperationStatus status = {type}.TryRead(_block.Slice(_position), {arguments}out {type} {view}, out int consumed, ref fault);"
        );
        Writer.Guard("status != OperationStatus.Done", Stop(read, "status"));
        if (record.Values.Count > 0)
        {
            Writer.Line(
                $"{Types.Of(step.Slot)} {Local(step.Slot)} = view{RecordReaderEmitter.Essence(step.Slot, Types)};");
        }
    }

    private void EmitChecks(ReadInstruction read, ValueEmitter values)
    {
        foreach (CheckStep check in read.Checks)
        {
            string expected = values.Describe(check.Expected);
            string fault = check.Subject switch
            {
                { Kind: SlotKind.Integer, Parent: null } slot when check.Known is null =>
                    Fault(SupportMember.NumberOf(slot), expected, values.Plain(slot)),
                { Kind: SlotKind.Integer, Parent: null } slot =>
                    Fault(
                        SupportMember.NumberOf(slot),
                        expected,
                        values.Plain(slot),
                        HolderEmitter.LabelOf(check.Known!, Local(slot), Types)),
                { Kind: SlotKind.Bytes, Parent: null } slot => Fault(SupportMember.Bytes, expected, Local(slot)),
                _ => Fault(SupportMember.Other, expected),
            };
            Writer.Guard(values.Negated(check.Condition), Throw(fault, read.SpecPath));
        }
    }

    private void EmitAscending(ReadInstruction read, Procedure procedure, ValueEmitter values)
    {
        if (read.Ascending is { } rule)
        {
            string bytes = values.Access(rule.Bytes);
            Writer.Guard(
                $"!state.{Names.Of(rule)}.Accept({Level(procedure)}, {bytes})",
                Throw(
                    Fault(
                        SupportMember.Bytes,
                        $"\"a {rule.Bytes.Name} after the one before it in byte order\"",
                        bytes),
                    rule.SpecPath));
        }
    }

    private void EmitRoom(ReadInstruction read, string isShort) =>
        Writer.Guard(isShort, Stop(read, "OperationStatus.NeedMoreData"));

    private void EmitLimit(ReadInstruction read, Procedure procedure)
    {
        if (read.Limit is { } limit)
        {
            string maximum = Numbers.Text(limit.Maximum);
            Writer.Guard(
                $"_start + _position - {Names.Place(limit.Mark, procedure)} > {maximum}",
                Throw(Fault(SupportMember.Other, $"\"at most {maximum} bytes\""), limit.SpecPath));
        }
    }

    private void EmitYield(Token token, Instruction next) =>
        Writer.Line($"return Yield({Names.Qualified(token)}, {Names.Of(next)});");

    /// <summary>Refuses a size that goes beyond what is left of a stated size.</summary>
    private void EmitFits(Value size, ValueEmitter values, string specPath)
    {
        Writer.Guard(
            values.IsMore(size, "(ulong)(state.End - (_start + _position))"),
            Throw(
                Fault(
                    SupportMember.Number,
                    "$\"at most {state.End - (_start + _position)} bytes\"",
                    values.Unsigned(size)),
                specPath));
    }

    private void EmitContent(ContentInstruction content, Procedure procedure)
    {
        ValueEmitter values = ValuesOf(content, procedure);
        string name = Names.Of(content.Token);
        string rest = Names.Rest(content);
        EmitFits(content.Size, values, content.SpecPath);
        Writer.Line($"state.Remaining = {values.Int64(content.Size)};");
        Writer.Line($"goto case {rest};");
        Writer.NextCase(rest);
        Writer.Open();
        Writer.Guard("state.Remaining == 0", $"goto case {Names.Of(content.Next!)};");
        Writer.Line("int length = (int)Math.Min(_block.Length - _position, state.Remaining);");
        Writer.Guard(
            "length == 0 && (_isFinalBlock || !SkipContent)",
            $"return Stop(OperationStatus.NeedMoreData, {rest}, ref fault, \"{content.SpecPath}\");");
        Writer.Open("if (SkipContent)");
        Writer.Line("_position += length;");
        Writer.Line("state.Remaining -= length;");
        Writer.Guard("state.Remaining > 0 && !_isFinalBlock", $"return PassOver({rest});");
        Writer.Line($"goto case {rest};");
        Writer.Close();
        Writer.Line();
        Writer.Line($"{name} = _block.Slice(_position, length);");
        Writer.Line("_position += length;");
        Writer.Line("state.Remaining -= length;");
        Writer.Line($"return Yield({Names.Qualified(content.Token)}, {rest});");
        Writer.Close();
    }

    private void EmitEmbed(EmbedInstruction embed, Procedure procedure)
    {
        string inner = $"state.{Names.Inner(embed)}";
        string rest = Names.Rest(embed);
        if (embed.Size is null)
        {
            Writer.Line($"{inner}.Reset(_start + _position, state.End);");
        }
        else
        {
            ValueEmitter values = ValuesOf(embed, procedure);
            EmitFits(embed.Size, values, embed.SpecPath);
            Writer.Line($"{inner}.Reset(_start + _position, _start + _position + {values.Int64(embed.Size)});");
        }

        Writer.Line($"return Yield({Names.Qualified(embed.Token)}, {rest});");
        Writer.NextCase(rest);
        Writer.Open($"if (!{inner}.IsComplete)");
        Writer.Line(
            "// Whoever wants its tokens reads it with a reader of its own; what that one left is read here unseen."
        );
        Writer.Line(
            $"{Types.StreamType(embed.SpecId, "Reader")} inner = new(_block.Slice(_position), _isFinalBlock, {inner}) {{ SkipContent = SkipContent }};"
        );
        Writer.Open("while (inner.Read())");
        Writer.Close();
        Writer.Line();
        Writer.Line("_position += inner.Consumed;");
        Writer.Open($"if (!{inner}.IsComplete)");
        Writer.Line("BytesToSkip = inner.BytesToSkip;");
        Writer.Line("_start += BytesToSkip;");
        Writer.Line("Token = default;");
        Writer.Line($"state.Step = {rest};");
        Writer.Line("return false;");
        Writer.Close();
        Writer.Close();
        Writer.Line();
        if (embed.Size is not null)
        {
            Writer.Guard(
                $"{inner}.Offset != {inner}.End",
                Throw(
                    Fault(
                        SupportMember.Other,
                        $"$\"a field that fills its stated size up to offset {{{inner}.End}}\""),
                    embed.SpecPath));
        }

        Writer.Line($"state.Step = {Names.Of(embed.Next!)};");
        EmitGo(embed.Next!);
    }

    private void EmitSkips()
    {
        foreach (
            EmbedInstruction embed in Instructions.OfType<EmbedInstruction>().Where(embed => embed.Size is not null))
        {
            string name = Names.Of(embed.Token);
            string inner = $"_state.{Names.Inner(embed)}";
            Writer.Summary(
                $"Passes over the rest of this field unread, by its stated size: {embed.Token.Doc?.Trim() ?? name}");
            Writer.Line(
                "/// <returns>Bytes to pass over before the next block begins; this block is used up then.</returns>"
            );
            Writer.Line(
                "/// <exception cref=\"InvalidOperationException\">The reader does not stand in this field.</exception>"
            );
            Writer.Open($"public long {Names.Skip(embed)}()");
            Writer.Guard(
                $"_state.Step != {Names.Rest(embed)}",
                $"throw new InvalidOperationException(\"The reader does not stand in {name}.\");");
            Writer.Line($"long left = {inner}.End - {inner}.Offset;");
            Writer.Line("int here = (int)Math.Min(left, _block.Length - _position);");
            Writer.Line("_position += here;");
            Writer.Line("_start += left - here;");
            Writer.Line($"{inner}.Complete({inner}.End);");
            Writer.Line("return left - here;");
            Writer.Close();
            Writer.Line();
        }
    }

    private void EmitHelpers()
    {
        if (Instructions.Any(instruction => instruction is ContentInstruction))
        {
            Writer.Summary(
                "Leaves the rest of a streamed field, which goes on beyond the block, to the caller; but for its last byte, so that a field\n"
                    + "that the input does not hold whole is found out.");
            Writer.Open($"private bool PassOver({Names.StepType} step)");
            Writer.Line("BytesToSkip = _state.Remaining - 1;");
            Writer.Line("_start += BytesToSkip;");
            Writer.Line("_state.Remaining = 1;");
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
        Writer.Summary("Waits for more bytes if there are any; else the input is wrong.");
        Writer.Line(
            $"private bool Stop(OperationStatus status, {Names.StepType} step, ref KsyFault fault, string path) =>");
        Writer.Indent();
        Writer.Line(
            "status == OperationStatus.NeedMoreData && !_isFinalBlock ? Suspend(step) : throw Wrong(status, ref fault, path);"
        );
        Writer.Outdent();
        Writer.Line();
        Writer.Open("private readonly Exception Wrong(OperationStatus status, ref KsyFault fault, string path)");
        Writer.Line($"_state.Step = {Names.StepType}.Failed;");
        string unreadable = Types.Support.Call(
            SupportMember.Unreadable,
            "status",
            "ref fault",
            "_start + _position",
            "path",
            "_endsAtLimit");
        Writer.Line($"return {unreadable};");
        Writer.Close();
    }
}
