using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes what reads a record.</summary>
internal sealed class RecordReaderEmitter
{
    private readonly SourceWriter _writer;
    private readonly TypeNames _types;
    private readonly RecordProgram _record;
    private readonly IReadOnlyDictionary<ConstantStep, string> _constants;
    private readonly ValueEmitter _values;
    private readonly Dictionary<Slot, string> _locals = [];
    private readonly NameScope _names = new(["source", "value", "consumed", "fault", "status", "nameof"]);
    private readonly HashSet<Slot> _declared = [];
    private readonly string _position;
    private readonly string _parameters;
    private readonly string _arguments;

    public RecordReaderEmitter(
        SourceWriter writer,
        TypeNames types,
        RecordProgram record,
        IReadOnlyDictionary<ConstantStep, string> constants)
    {
        _writer = writer;
        _types = types;
        _record = record;
        _constants = constants;
        foreach (Slot slot in record.Parameters.Concat(RecordEmitter.Flatten(record.Steps).SelectMany(SlotsOf)))
        {
            _locals[slot] = _names.Claim(Names.Camel(slot.Name));
        }

        _values = new ValueEmitter(types, slot => slot.Parent is null ? _locals[slot] : null);
        _position = _names.Claim("position");
        _parameters = string.Concat(record.Parameters.Select(slot => $"{types.Of(slot)} {_locals[slot]}, "));
        _arguments = string.Concat(record.Parameters.Select(slot => _locals[slot] + ", "));
    }

    private string Name => _types.Simple(_record);

    public void Emit()
    {
        EmitTryRead();
        _writer.Line();
        EmitRead();
    }

    private void EmitTryRead()
    {
        _writer.Summary("Tries to read one from the beginning of some input.");
        _writer.Parameter("source", null, "The input; the view points into it.");
        EmitParameterDocs();
        _writer.Parameter("value", null, "The view.");
        _writer.Parameter("consumed", null, "Size of its encoding in bytes; 0 unless it was read.");
        _writer.Line("/// <returns>Whether it was read, goes on beyond the input, or is no valid encoding.</returns>");
        _writer.Open(
            $"public static OperationStatus TryRead(ReadOnlySpan<byte> source, {_parameters}out {Name} value, out int consumed)"
        );
        _writer.Line("KsyFault fault = default;");
        _writer.Line($"return TryRead(source, {_arguments}out value, out consumed, ref fault);");
        _writer.Close();
        _writer.Line();
        _writer.Open(
            $"internal static OperationStatus TryRead(ReadOnlySpan<byte> source, {_parameters}out {Name} value, out int consumed, scoped ref KsyFault fault)"
        );
        _writer.Line("value = default;");
        _writer.Line("consumed = 0;");
        _writer.Line($"int {_position} = 0;");
        EmitSteps(_record.Steps);
        if (_record.Values.Count > 0)
        {
            string initializers = string.Join(
                ", ",
                _record.Values.Select(value => $"{_types.Property(_record, value.Name)} = {_locals[value]}"));
            _writer.Line($"value = new {Name} {{ {initializers} }};");
        }

        _writer.Line($"consumed = {_position};");
        _writer.Line("return OperationStatus.Done;");
        _writer.Close();
    }

    private void EmitParameterDocs()
    {
        foreach (Slot parameter in _record.Parameters)
        {
            _writer.Parameter(_locals[parameter], parameter.Doc, $"The {parameter.Name}.");
        }
    }

    private void EmitRead()
    {
        _writer.Summary("Reads one from the beginning of some input that holds all of it.");
        _writer.Parameter("source", null, "The input; the view points into it.");
        EmitParameterDocs();
        _writer.Parameter("consumed", null, "Size of its encoding in bytes.");
        _writer.Line(
            "/// <exception cref=\"FormatException\">The input is no valid encoding, or ends too early.</exception>"
        );
        _writer.Open($"public static {Name} Read(ReadOnlySpan<byte> source, {_parameters}out int consumed)");
        string unreadable = _types.Support.Call(
            SupportMember.Unreadable,
            "status",
            "ref fault",
            "0",
            $"\"{_record.SpecId}/{_record.Name}\"");
        _writer.Line("KsyFault fault = default;");
        _writer.Line(
            $"OperationStatus status = TryRead(source, {_arguments}out {Name} value, out consumed, ref fault);");
        _writer.Line(
            $"return status == OperationStatus.Done ? value : throw {unreadable};");
        _writer.Close();
    }

    private void EmitSteps(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    _writer.Guard(
                        $"!source.Slice({_position}).StartsWith({_constants[constant]})",
                        Return(
                            SupportMember.Constant,
                            "source",
                            _position,
                            _constants[constant],
                            $"\"{constant.Field}\""));
                    Advance(Numbers.Text(constant.Bytes.Count));
                    break;
                case NumberStep number:
                    EmitRoom($"source.Length - {_position} < {Numbers.Text(number.Width)}");
                    Declare(
                        number.Slot,
                        Numbers.Read(number, $"source.Slice({_position})", $"source[{_position}]", _types));
                    Advance(Numbers.Text(number.Width));
                    break;
                case BytesStep bytes:
                    EmitBytes(bytes);
                    break;
                case ChoiceStep choice:
                    EmitChoice(choice);
                    break;
                case RecordStep nested:
                    EmitNested(nested);
                    break;
                case PaddingStep padding:
                    EmitPadding(padding);
                    break;
                case CheckStep check:
                    _writer.Guard(_values.Negated(check.Condition), Fail(check));
                    break;
                case OptionalStep optional:
                    EmitOptional(optional);
                    break;
            }
        }
    }

    private void Advance(string size) => _writer.Line($"{_position} += {size};");

    private void EmitRoom(string isShort) => _writer.Guard(isShort, "return OperationStatus.NeedMoreData;");

    private void Declare(Slot slot, string value)
    {
        string type = _declared.Contains(slot) ? string.Empty : _types.Of(slot) + " ";
        _writer.Line($"{type}{_locals[slot]} = {value};");
    }

    private void EmitBytes(BytesStep bytes)
    {
        string size = _values.Int32(bytes.Size);
        EmitRoom(_values.IsShorter($"source.Length - {_position}", bytes.Size));
        string value = $"source.Slice({_position}, {size})";
        Declare(
            bytes.Slot,
            bytes.Terminator is { } terminator ? _types.Support.Call(SupportMember.Before, value, Numbers.Text(terminator)) : value);
        Advance(size);
    }

    private void EmitChoice(ChoiceStep choice)
    {
        Slot slot = choice.Slot;
        string text = _names.Claim(Names.Camel(slot.Name + "_text"));
        EmitRoom(_values.IsShorter($"source.Length - {_position}", choice.Size));
        _writer.Line($"ReadOnlySpan<byte> {text} = source.Slice({_position}, {_values.Int32(choice.Size)});");
        if (!_declared.Contains(slot))
        {
            _writer.Line($"{_types.Of(slot)} {_locals[slot]};");
        }

        ChoiceEmitter.Emit(
            _writer,
            _types,
            slot.Enumeration!,
            text,
            _locals[slot],
            Return(
                SupportMember.Bytes,
                _position,
                $"\"{choice.Field}\"",
                _values.Describe(choice.Expected),
                text));
        Advance(text + ".Length");
    }

    private void EmitNested(RecordStep nested)
    {
        Slot slot = nested.Slot;
        RecordProgram record = slot.Record!;
        string type = _types.Of(record);
        string status = _names.Claim(Names.Camel(slot.Name + "_status"));
        string view = record.Values.Count == 0 ? "_" : _names.Claim(Names.Camel(slot.Name + "_view"));
        string size = _names.Claim(Names.Camel(slot.Name + "_size"));
        string arguments = string.Concat(
            record.Parameters.Zip(nested.Arguments, (parameter, value) => _values.Argument(parameter, value) + ", "));
        _writer.Line(
            $"OperationStatus {status} = {type}.TryRead(source.Slice({_position}), {arguments}out {type} {view}, out int {size}, ref fault);"
        );
        _writer.Guard(
            $"{status} != OperationStatus.Done",
            Return(SupportMember.Within, status, _position, $"\"{nested.Field}\""));
        if (record.Values.Count > 0)
        {
            Declare(slot, view + Essence(slot, _types));
        }

        Advance(size);
    }

    private void EmitPadding(PaddingStep padding)
    {
        string count = _names.Claim(Names.Camel(padding.Field + "_length"));
        _writer.Line($"int {count} = {_values.Int32(padding.Count)};");
        EmitRoom($"source.Length - {_position} < {count}");
        _writer.Guard(
            Paddings.IsWrong(padding, "source", _position, count, _types.Support),
            Return(
                SupportMember.Padding,
                $"source.Slice({_position}, {count})",
                _position,
                $"\"{padding.Field}\"",
                Numbers.Text(padding.Filler)));
        Advance(count);
    }

    private void EmitOptional(OptionalStep optional)
    {
        foreach (Slot value in optional.Steps.SelectMany(SlotsOf))
        {
            _writer.Line($"{_types.Of(value)} {_locals[value]} = default;");
            _declared.Add(value);
        }

        _writer.Open($"if ({_values.Condition(optional.Condition)})");
        EmitSteps(optional.Steps);
        _writer.Close();
        _writer.Line();
    }

    private string Fail(CheckStep check)
    {
        string field = $"\"{check.Field}\"";
        string expected = _values.Describe(check.Expected);
        switch (check.Subject)
        {
            case { Kind: SlotKind.Integer } slot:
                string number = $"{_position} - {Numbers.Text(slot.Width)}";
                string found = _values.Plain(slot);
                SupportMember member = SupportMember.NumberOf(slot);
                return check.Known is null
                    ? Return(member, number, field, expected, found)
                    : Return(
                        member,
                        number,
                        field,
                        expected,
                        found,
                        HolderEmitter.LabelOf(check.Known, _locals[slot], _types));
            case { Kind: SlotKind.Bytes } slot:
                BytesStep bytes = RecordEmitter
                    .Flatten(_record.Steps)
                    .OfType<BytesStep>()
                    .First(step => step.Slot == slot);
                return Return(
                    SupportMember.Bytes,
                    $"{_position} - {_values.Int32(bytes.Size)}",
                    field,
                    expected,
                    _locals[slot]);
            default:
                return Return(SupportMember.Other, _position, field, expected);
        }
    }

    /// <summary>A statement that gives back a fault.</summary>
    private string Return(SupportMember fault, params string[] arguments) =>
        $"return {_types.Support.Call(fault, arguments)};";

    /// <summary>The members that lead from a record to the value that stands for it.</summary>
    public static string Essence(Slot slot, TypeNames types)
    {
        // A property already holds the value that stands for its record, so one step leads there.
        return slot.Record is { Values.Count: 1 } record
            ? "." + types.Property(record, record.Values[0].Name)
            : string.Empty;
    }

    private static IEnumerable<Slot> SlotsOf(Step step) =>
        step switch
        {
            NumberStep number => [number.Slot],
            BytesStep bytes => [bytes.Slot],
            ChoiceStep choice => [choice.Slot],
            RecordStep nested when nested.Slot.Record!.Values.Count > 0 => [nested.Slot],
            OptionalStep optional => optional.Steps.SelectMany(SlotsOf),
            _ => [],
        };
}
