using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes a record as a view over the input, with what reads and writes it.</summary>
internal sealed class RecordEmitter
{
    private readonly SourceWriter _writer;
    private readonly RecordProgram _record;
    private readonly ValueEmitter _values;
    private readonly ValueEmitter _arguments;
    private readonly string _holder;
    private readonly string _name;
    private readonly IReadOnlyList<Leaf> _leaves;
    private readonly HashSet<Slot> _declared = [];
    private readonly string _parameters;
    private readonly string _parameterNames;

    private RecordEmitter(SourceWriter writer, RecordProgram record)
    {
        _writer = writer;
        _record = record;
        _holder = TypeNames.Holder(record.SpecId);
        _name = TypeNames.RecordName(record);
        _leaves = Leaf.Of(record);
        _values = new ValueEmitter(slot => slot.Parent is null ? Names.Camel(slot.Name) : string.Empty);
        _arguments = new ValueEmitter(slot =>
            slot.Parent is null ? Names.Camel(slot.Name) : slot.Parent.Record!.Values.Count == 1 ? string.Empty : Names.Camel(string.Join("_", slot.Path)));
        _parameters = string.Concat(record.Parameters.Select(slot => $"{TypeNames.Of(slot)} {Names.Camel(slot.Name)}, "));
        _parameterNames = string.Concat(record.Parameters.Select(slot => Names.Camel(slot.Name) + ", "));
    }

    public static void Emit(SourceWriter writer, RecordProgram record) => new RecordEmitter(writer, record).Emit();

    private void Emit()
    {
        _writer.Summary(_record.Doc, $"A {_record.Name} of the {_record.SpecId} specification.");
        _writer.Open($"public readonly ref struct {_name}");
        EmitConstants();
        EmitProperties();
        EmitTryRead();
        EmitRead();
        if (_leaves.Count > 0)
        {
            EmitSize();
            EmitWrite();
        }

        _writer.Close();
    }

    private void EmitConstants()
    {
        foreach (ConstantStep constant in Flatten(_record.Steps).OfType<ConstantStep>())
        {
            _writer.Line($"private static ReadOnlySpan<byte> {ConstantName(constant)} => {Literals.Bytes(constant.Bytes)};");
            _writer.Line();
        }
    }

    private void EmitProperties()
    {
        foreach (Slot value in _record.Values)
        {
            _writer.Summary(value.Doc, $"The {value.Name}.");
            _writer.Line($"public {TypeNames.Of(value)} {Names.Pascal(value.Name)} {{ get; private init; }}");
            _writer.Line();
        }

        ValueEmitter own = new(slot => slot.Parent is null ? Names.Pascal(slot.Name) : string.Empty);
        foreach (ComputedField computed in _record.Computed)
        {
            _writer.Summary(computed.Doc, $"The {computed.Name}.");
            bool isCondition = computed.Value is LogicalValue or ComparisonValue or NotValue or BooleanValue;
            string text = isCondition ? $"bool {Names.Pascal(computed.Name)} => {own.Condition(computed.Value)};" : $"ulong {Names.Pascal(computed.Name)} => {own.Integer(computed.Value)};";
            _writer.Line($"public {text}");
            _writer.Line();
        }
    }

    private void EmitTryRead()
    {
        _writer.Line("/// <summary>Tries to read one from the beginning of some input.</summary>");
        _writer.Line("/// <param name=\"source\">The input; the view points into it.</param>");
        EmitParameterDocs();
        _writer.Line("/// <param name=\"value\">The view.</param>");
        _writer.Line("/// <param name=\"consumed\">Size of its encoding in bytes; 0 unless it was read.</param>");
        _writer.Line("/// <returns>Whether it was read, goes on beyond the input, or is no valid encoding.</returns>");
        _writer.Open($"public static OperationStatus TryRead(ReadOnlySpan<byte> source, {_parameters}out {_name} value, out int consumed)");
        _writer.Line("KsyFault fault = default;");
        _writer.Line($"return TryRead(source, {_parameterNames}out value, out consumed, ref fault);");
        _writer.Close();
        _writer.Line();
        _writer.Open($"internal static OperationStatus TryRead(ReadOnlySpan<byte> source, {_parameters}out {_name} value, out int consumed, scoped ref KsyFault fault)");
        _writer.Line("value = default;");
        _writer.Line("consumed = 0;");
        _writer.Line("int position = 0;");
        EmitReads(_record.Steps);
        string initializers = string.Join(", ", _record.Values.Select(value => $"{Names.Pascal(value.Name)} = {Names.Camel(value.Name)}"));
        _writer.Line($"value = new {_name} {{ {initializers} }};");
        _writer.Line("consumed = position;");
        _writer.Line("return OperationStatus.Done;");
        _writer.Close();
        _writer.Line();
    }

    private void EmitParameterDocs()
    {
        foreach (Slot parameter in _record.Parameters)
        {
            _writer.Line($"/// <param name=\"{Names.Camel(parameter.Name)}\">{parameter.Doc?.Trim()}</param>");
        }
    }

    private void EmitRead()
    {
        _writer.Line("/// <summary>Reads one from the beginning of some input that holds all of it.</summary>");
        _writer.Line("/// <param name=\"source\">The input; the view points into it.</param>");
        EmitParameterDocs();
        _writer.Line("/// <param name=\"consumed\">Size of its encoding in bytes.</param>");
        _writer.Line("/// <exception cref=\"FormatException\">The input is no valid encoding, or ends too early.</exception>");
        _writer.Open($"public static {_name} Read(ReadOnlySpan<byte> source, {_parameters}out int consumed)");
        _writer.Line("KsyFault fault = default;");
        _writer.Line($"OperationStatus status = TryRead(source, {_parameterNames}out {_name} value, out consumed, ref fault);");
        _writer.Line($"return status == OperationStatus.Done ? value : throw KsySupport.Unreadable(status, ref fault, 0, \"{_record.SpecId}/{_record.Name}\");");
        _writer.Close();
    }

    private void EmitReads(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    _writer.Open($"if (!source.Slice(position).StartsWith({ConstantName(constant)}))");
                    _writer.Line($"return fault.Constant(source, position, {ConstantName(constant)}, \"{constant.Field}\");");
                    _writer.Close();
                    _writer.Line();
                    _writer.Line($"position += {constant.Bytes.Count};");
                    break;
                case NumberStep number:
                    EmitRoom($"source.Length - position < {number.Width}");
                    Declare(number.Slot, $"{Cast(number.Slot)}{ReadNumber(number, "source.Slice(position)", "source[position]")}");
                    _writer.Line($"position += {number.Width};");
                    break;
                case BytesStep bytes:
                    EmitRoom($"(ulong)(source.Length - position) < {_values.Integer(bytes.Size)}");
                    Declare(bytes.Slot, $"source.Slice(position, {_values.Int32(bytes.Size)})");
                    if (bytes.Terminator is { } terminator)
                    {
                        _writer.Line($"{Names.Camel(bytes.Slot.Name)} = KsySupport.Before({Names.Camel(bytes.Slot.Name)}, {terminator});");
                    }

                    _writer.Line($"position += {_values.Int32(bytes.Size)};");
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
                    _writer.Open($"if ({_values.Negated(check.Condition)})");
                    _writer.Line($"return {Fail(check)};");
                    _writer.Close();
                    _writer.Line();
                    break;
                case OptionalStep optional:
                    foreach (Slot value in optional.Steps.SelectMany(SlotsOf))
                    {
                        _writer.Line($"{TypeNames.Of(value)} {Names.Camel(value.Name)} = default;");
                        _declared.Add(value);
                    }

                    _writer.Open($"if ({_values.Condition(optional.Condition)})");
                    EmitReads(optional.Steps);
                    _writer.Close();
                    _writer.Line();
                    break;
            }
        }
    }

    private void Declare(Slot slot, string value)
    {
        string type = _declared.Contains(slot) ? string.Empty : TypeNames.Of(slot) + " ";
        _writer.Line($"{type}{Names.Camel(slot.Name)} = {value};");
    }

    private void EmitRoom(string isShort)
    {
        _writer.Open($"if ({isShort})");
        _writer.Line("return OperationStatus.NeedMoreData;");
        _writer.Close();
        _writer.Line();
    }

    private void EmitChoice(ChoiceStep choice)
    {
        Slot slot = choice.Slot;
        string text = Names.Camel(slot.Name + "_text");
        EmitRoom($"(ulong)(source.Length - position) < {_values.Integer(choice.Size)}");
        _writer.Line($"ReadOnlySpan<byte> {text} = source.Slice(position, {_values.Int32(choice.Size)});");
        if (!_declared.Contains(slot))
        {
            _writer.Line($"{TypeNames.Of(slot)} {Names.Camel(slot.Name)};");
        }

        string head = "if";
        foreach (EnumerationMember member in slot.Enumeration!.Members)
        {
            _writer.Open($"{head} ({text}.SequenceEqual({Literals.Text(member.Label)}u8))");
            _writer.Line($"{Names.Camel(slot.Name)} = {TypeNames.Of(slot.Enumeration)}.{Names.Pascal(member.Label)};");
            _writer.Close();
            head = "else if";
        }

        string[] labels = [.. slot.Enumeration.Members.Select(member => $"\"{member.Label}\"")];
        string expected = labels.Length == 1 ? labels[0] : string.Join(", ", labels.Take(labels.Length - 1)) + " or " + labels[labels.Length - 1];
        _writer.Open("else");
        _writer.Line($"return fault.Bytes(position, \"{choice.Field}\", {Literals.Text(expected)}, {text});");
        _writer.Close();
        _writer.Line();
        _writer.Line($"position += {text}.Length;");
    }

    private void EmitNested(RecordStep nested)
    {
        Slot slot = nested.Slot;
        RecordProgram record = slot.Record!;
        string view = Names.Camel(slot.Name + "_view");
        string size = Names.Camel(slot.Name + "_size");
        string arguments = Arguments(record, nested.Arguments, _values);
        _writer.Line($"OperationStatus {Names.Camel(slot.Name + "_status")} = {TypeNames.Of(record)}.TryRead(source.Slice(position), {arguments}out {TypeNames.Of(record)} {view}, out int {size}, ref fault);");
        _writer.Open($"if ({Names.Camel(slot.Name + "_status")} != OperationStatus.Done)");
        _writer.Line($"return fault.Within({Names.Camel(slot.Name + "_status")}, position, \"{nested.Field}\");");
        _writer.Close();
        _writer.Line();
        if (record.Values.Count > 0)
        {
            Declare(slot, view + Essence(slot));
        }

        _writer.Line($"position += {size};");
    }

    /// <summary>The members that lead from a record to the value that stands for it.</summary>
    public static string Essence(Slot slot)
    {
        string path = string.Empty;
        while (slot.Record is { Values.Count: 1 } record)
        {
            slot = record.Values[0];
            path = path.Length > 0 ? path : "." + Names.Pascal(slot.Name);
        }

        return path;
    }

    private static string Arguments(RecordProgram record, IReadOnlyList<Value> values, ValueEmitter emitter) =>
        string.Concat(record.Parameters.Zip(values, (parameter, value) => emitter.Argument(parameter, value) + ", "));

    private void EmitPadding(PaddingStep padding)
    {
        string count = Names.Camel(padding.Field + "_length");
        _writer.Line($"int {count} = {_values.Int32(padding.Count)};");
        EmitRoom($"source.Length - position < {count}");
        _writer.Open($"if (source.Slice(position, {count}).ContainsAnyExcept((byte){padding.Filler}))");
        _writer.Line($"return fault.Padding(source.Slice(position, {count}), position, \"{padding.Field}\", {padding.Filler});");
        _writer.Close();
        _writer.Line();
        _writer.Line($"position += {count};");
    }

    private string Fail(CheckStep check)
    {
        string expected = _values.Describe(check.Expected);
        string at = check.Subject switch
        {
            { Kind: SlotKind.Integer } number => $"position - {number.Width}",
            { Kind: SlotKind.Bytes } bytes => $"position - {_values.Int32(Flatten(_record.Steps).OfType<BytesStep>().First(step => step.Slot == bytes).Size)}",
            _ => "position",
        };
        return check.Subject switch
        {
            { Kind: SlotKind.Integer } slot => $"fault.Number({at}, \"{check.Field}\", {expected}, {Signed(slot)}{KnownAs(check, slot)})",
            { Kind: SlotKind.Bytes } slot => $"fault.Bytes({at}, \"{check.Field}\", {expected}, {Raw(slot)})",
            _ => $"fault.Other({at}, \"{check.Field}\", {expected})",
        };
    }

    private static string Raw(Slot slot) => Names.Camel(slot.Name);

    private string Signed(Slot slot) => $"{(slot.Enumeration is null ? string.Empty : slot.IsSigned ? "(long)" : "(ulong)")}{_values.Access(slot)}";

    private string KnownAs(CheckStep check, Slot slot) => check.Known is null ? string.Empty : $", KsySupport.Known({_values.Access(slot)})";

    private void EmitSize()
    {
        _writer.Line();
        _writer.Line("/// <summary>Gets the size of the encoding of some values in bytes.</summary>");
        EmitLeafDocs();
        _writer.Line("/// <exception cref=\"ArgumentException\">A value is not allowed there.</exception>");
        _writer.Open($"public static int GetSize({LeafParameters()})");
        EmitDerived(_record.Steps);
        EmitWriteChecks(_record.Steps);
        _writer.Line($"return checked({SizeOf(_record.Steps)});");
        _writer.Close();
    }

    private void EmitWrite()
    {
        _writer.Line();
        _writer.Line("/// <summary>Writes some values.</summary>");
        _writer.Line("/// <param name=\"destination\">Where to; at least as large as <see cref=\"GetSize\"/> says.</param>");
        EmitLeafDocs();
        _writer.Line("/// <returns>Number of bytes written.</returns>");
        _writer.Line("/// <exception cref=\"ArgumentException\">A value is not allowed there, or the destination is too small.</exception>");
        _writer.Open($"public static int Write(Span<byte> destination, {LeafParameters()})");
        _writer.Line($"int size = GetSize({_parameterNames}{string.Join(", ", _leaves.Select(leaf => leaf.Name))});");
        _writer.Open("if (destination.Length < size)");
        _writer.Line("throw new ArgumentException(\"The destination is too small.\", nameof(destination));");
        _writer.Close();
        _writer.Line();
        EmitDerived(_record.Steps);
        _writer.Line("int position = 0;");
        EmitWrites(_record.Steps);
        _writer.Line("return position;");
        _writer.Close();
    }

    private string LeafParameters() => _parameters + string.Join(", ", _leaves.Select(leaf => $"{leaf.Type} {leaf.Name}"));

    private void EmitLeafDocs()
    {
        EmitParameterDocs();
        foreach (Leaf leaf in _leaves)
        {
            string doc = string.Join(" ", (leaf.Doc ?? "A value.").Trim().Split('\n').Select(line => line.Trim()));
            _writer.Line($"/// <param name=\"{leaf.Name.TrimStart('@')}\">{doc.Replace("&", "&amp;").Replace("<", "&lt;")}</param>");
        }
    }

    private void EmitDerived(IReadOnlyList<Step> steps)
    {
        foreach (NumberStep number in Flatten(steps).OfType<NumberStep>())
        {
            if (_record.Derived.TryGetValue(number.Slot, out Slot? bytes))
            {
                string length = bytes.Kind == SlotKind.Choice ? $"{_holder}.TextOf({Names.Camel(bytes.Name)}).Length" : $"{Names.Camel(bytes.Name)}.Length";
                _writer.Line($"{TypeNames.Of(number.Slot)} {Names.Camel(number.Slot.Name)} = checked(({TypeNames.Of(number.Slot)}){length});");
            }
        }
    }

    private void EmitWriteChecks(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            if (step is CheckStep check)
            {
                string name = check.Subject is null ? "null" : _leaves.FirstOrDefault(leaf => leaf.Path[0] == check.Subject || (_record.Derived.TryGetValue(check.Subject, out Slot? bytes) && leaf.Path[0] == bytes))?.Name ?? "null";
                _writer.Open($"if ({_arguments.Negated(check.Condition)})");
                _writer.Line($"throw KsySupport.NotAllowed({(name == "null" ? "null" : $"nameof({name})")}, \"{_record.SpecId}/{_record.Name}/{check.Field}\", {_arguments.Describe(check.Expected)});");
                _writer.Close();
                _writer.Line();
            }
            else if (step is BytesStep { Terminator: { } terminator } bytes)
            {
                // Cut where a reader would cut it, so that the check of its length finds the terminator.
                _writer.Line($"{Names.Camel(bytes.Slot.Name)} = KsySupport.Before({Names.Camel(bytes.Slot.Name)}, {terminator});");
            }
            else if (step is BytesStep plain && !(plain.Size is SlotValue { Slot: var length } && _record.Derived.ContainsKey(length)))
            {
                _writer.Open($"if ((ulong){Names.Camel(plain.Slot.Name)}.Length != {_arguments.Integer(plain.Size)})");
                _writer.Line($"throw KsySupport.NotAllowed(nameof({Names.Camel(plain.Slot.Name)}), \"{_record.SpecId}/{_record.Name}/{plain.Field}\", $\"{{{_arguments.Integer(plain.Size)}}} bytes\");");
                _writer.Close();
                _writer.Line();
            }
            else if (step is OptionalStep optional && Flatten(optional.Steps).Any(inner => inner is CheckStep or BytesStep))
            {
                _writer.Open($"if ({_arguments.Condition(optional.Condition)})");
                EmitWriteChecks(optional.Steps);
                _writer.Close();
                _writer.Line();
            }
        }
    }

    private string SizeOf(IReadOnlyList<Step> steps)
    {
        int fixedSize = 0;
        List<string> parts = [];
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    fixedSize += constant.Bytes.Count;
                    break;
                case NumberStep number:
                    fixedSize += number.Width;
                    break;
                case BytesStep bytes:
                    parts.Add(_arguments.Int32(bytes.Size));
                    break;
                case ChoiceStep choice:
                    parts.Add($"{_holder}.TextOf({Names.Camel(choice.Slot.Name)}).Length");
                    break;
                case PaddingStep padding:
                    parts.Add(_arguments.Int32(padding.Count));
                    break;
                case RecordStep nested:
                    parts.Add($"{TypeNames.Of(nested.Slot.Record!)}.GetSize({NestedArguments(nested)})");
                    break;
                case OptionalStep optional:
                    parts.Add($"({_arguments.Condition(optional.Condition)} ? {SizeOf(optional.Steps)} : 0)");
                    break;
            }
        }

        if (fixedSize > 0 || parts.Count == 0)
        {
            parts.Insert(0, fixedSize.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return string.Join(" + ", parts);
    }

    private string NestedArguments(RecordStep nested)
    {
        IEnumerable<string> values = _leaves.Where(leaf => leaf.Path[0] == nested.Slot).Select(leaf => leaf.Name);
        return Arguments(nested.Slot.Record!, nested.Arguments, _arguments) + string.Join(", ", values);
    }

    private void EmitWrites(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    _writer.Line($"{ConstantName(constant)}.CopyTo(destination.Slice(position));");
                    _writer.Line($"position += {constant.Bytes.Count};");
                    break;
                case NumberStep number:
                    _writer.Line(WriteNumber(number, "destination.Slice(position)", "destination[position]", Raw(number.Slot)));
                    _writer.Line($"position += {number.Width};");
                    break;
                case BytesStep bytes:
                    _writer.Line($"{Names.Camel(bytes.Slot.Name)}.CopyTo(destination.Slice(position));");
                    _writer.Line($"position += {Names.Camel(bytes.Slot.Name)}.Length;");
                    break;
                case ChoiceStep choice:
                    _writer.Line($"{_holder}.TextOf({Names.Camel(choice.Slot.Name)}).CopyTo(destination.Slice(position));");
                    _writer.Line($"position += {_holder}.TextOf({Names.Camel(choice.Slot.Name)}).Length;");
                    break;
                case RecordStep nested:
                    _writer.Line($"position += {TypeNames.Of(nested.Slot.Record!)}.Write(destination.Slice(position), {NestedArguments(nested)});");
                    break;
                case PaddingStep padding:
                    string count = Names.Camel(padding.Field + "_length");
                    _writer.Line($"int {count} = {_arguments.Int32(padding.Count)};");
                    _writer.Line($"destination.Slice(position, {count}).Fill({padding.Filler});");
                    _writer.Line($"position += {count};");
                    break;
                case OptionalStep optional:
                    _writer.Open($"if ({_arguments.Condition(optional.Condition)})");
                    EmitWrites(optional.Steps);
                    _writer.Close();
                    _writer.Line();
                    break;
            }
        }
    }

    private static IEnumerable<Step> Flatten(IReadOnlyList<Step> steps) =>
        steps.SelectMany(step => step is OptionalStep optional ? Flatten(optional.Steps) : [step]);

    private static IEnumerable<Slot> SlotsOf(Step step) => step switch
    {
        NumberStep number => [number.Slot],
        BytesStep bytes => [bytes.Slot],
        ChoiceStep choice => [choice.Slot],
        RecordStep nested when nested.Slot.Record!.Values.Count > 0 => [nested.Slot],
        OptionalStep optional => optional.Steps.SelectMany(SlotsOf),
        _ => [],
    };

    private static string Cast(Slot slot) => slot.Enumeration is null ? string.Empty : $"({TypeNames.Of(slot)})";

    /// <summary>Reads an integer from a span, or a byte from a place.</summary>
    public static string ReadNumber(NumberStep number, string span, string place)
    {
        string type = number.IsSigned ? "Int" : "UInt";
        return number.Width == 1
            ? number.IsSigned ? $"(sbyte){place}" : place
            : $"BinaryPrimitives.Read{type}{8 * number.Width}{(number.IsBigEndian ? "Big" : "Little")}Endian({span})";
    }

    /// <summary>Writes an integer to a span, or a byte to a place.</summary>
    public static string WriteNumber(NumberStep number, string span, string place, string value)
    {
        string type = TypeNames.Integer(number.Width, number.IsSigned);
        string cast = number.Slot.Enumeration is null ? value : $"({type}){value}";
        return number.Width == 1
            ? $"{place} = (byte){value};"
            : $"BinaryPrimitives.Write{(number.IsSigned ? "Int" : "UInt")}{8 * number.Width}{(number.IsBigEndian ? "Big" : "Little")}Endian({span}, {cast});";
    }

    private static string ConstantName(ConstantStep constant) => Names.Pascal(constant.Field) + "Bytes";
}
