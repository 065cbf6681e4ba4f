using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes what writes a record.</summary>
internal sealed class RecordWriterEmitter
{
    private readonly SourceWriter _writer;
    private readonly TypeNames _types;
    private readonly RecordProgram _record;
    private readonly IReadOnlyDictionary<ConstantStep, string> _constants;
    private readonly ValueEmitter _values;
    private readonly IReadOnlyList<Leaf> _leaves;
    private readonly Dictionary<Slot, string> _locals = [];
    private readonly NameScope _names = new(["destination", "nameof"]);
    private readonly string _position;

    public RecordWriterEmitter(
        SourceWriter writer,
        TypeNames types,
        RecordProgram record,
        IReadOnlyDictionary<ConstantStep, string> constants)
    {
        _writer = writer;
        _types = types;
        _record = record;
        _constants = constants;
        foreach (Slot parameter in record.Parameters)
        {
            _locals.Add(parameter, _names.Claim(Names.Camel(parameter.Name)));
        }

        _leaves = Leaf.Of(record, types, _names);
        foreach (Slot length in record.Derived.Keys)
        {
            _locals.Add(length, _names.Claim(Names.Camel(length.Name)));
        }

        _values = new ValueEmitter(
            types,
            slot => _locals.TryGetValue(slot, out string? local) ? local : Leaf.Find(_leaves, slot)?.Name);
        _position = _names.Claim("position");
    }

    private string SpecPath => $"{_record.SpecId}/{_record.Name}";

    private string Parameters =>
        string.Join(
            ", ",
            [
                .. _record.Parameters.Select(slot => $"{_types.Of(slot)} {_locals[slot]}"),
                .. _leaves.Select(leaf => $"{leaf.Type} {leaf.Name}"),
            ]);

    private string Arguments =>
        string.Join(", ", [.. _record.Parameters.Select(slot => _locals[slot]), .. _leaves.Select(leaf => leaf.Name)]);

    private static string Separated(string list) => list.Length > 0 ? ", " + list : string.Empty;

    public void Emit()
    {
        _writer.Line();
        EmitSize();
        _writer.Line();
        EmitWrite();
    }

    private void EmitSize()
    {
        _writer.Summary("Gets the size of the encoding of some values in bytes.");
        EmitParameterDocs();
        _writer.Line("/// <exception cref=\"ArgumentException\">A value is not allowed there.</exception>");
        _writer.Open($"public static int GetSize({Parameters})");
        if (_record.Encodings is { } encodings)
        {
            EmitEncodings(encodings, bytes => _writer.Line($"return {Numbers.Text(bytes.Count)};"));
        }
        else
        {
            EmitDerived(isChecked: true);
            EmitChecks(_record.Steps);
            _writer.Line($"return checked({SizeOf(_record.Steps)});");
        }

        _writer.Close();
    }

    private void EmitWrite()
    {
        _writer.Summary("Writes some values.");
        _writer.Parameter("destination", null, "Where to; at least as large as the size of the encoding.");
        EmitParameterDocs();
        _writer.Line("/// <returns>Number of bytes written.</returns>");
        _writer.Line(
            "/// <exception cref=\"ArgumentException\">A value is not allowed there, or the destination is too small.</exception>"
        );
        _writer.Open(
            $"public static int Write(Span<byte> destination{Separated(Parameters)})"
        );
        string size = _names.Claim("size");
        _writer.Line($"int {size} = GetSize({Arguments});");
        _writer.Guard(
            $"destination.Length < {size}",
            "throw new ArgumentException(\"The destination is too small.\", nameof(destination));");
        _writer.Line($"return WriteChecked(destination.Slice(0, {size}){Separated(Arguments)});");
        _writer.Close();
        _writer.Line();
        _writer.Summary("Writes values whose size was asked for, and which were checked thereby.");
        _writer.Open($"internal static int WriteChecked(Span<byte> destination{Separated(Parameters)})");
        if (_record.Encodings is { } encodings)
        {
            EmitEncodings(
                encodings,
                bytes =>
                {
                    _writer.Line($"{Literals.Span(bytes)}.CopyTo(destination);");
                    _writer.Line($"return {Numbers.Text(bytes.Count)};");
                });
        }
        else
        {
            EmitDerived(isChecked: false);
            _writer.Line($"int {_position} = 0;");
            EmitWrites(_record.Steps);
            _writer.Line($"return {_position};");
        }

        _writer.Close();
    }

    /// <summary>Tells the values of the only choice apart; each settles all bytes.</summary>
    private void EmitEncodings(
        IReadOnlyDictionary<long, IReadOnlyList<byte>> encodings, Action<IReadOnlyList<byte>> emitCase)
    {
        Leaf leaf = _leaves.Single();
        Enumeration enumeration = _record.Values.Single().Enumeration!;
        _writer.Open($"switch ({leaf.Name})");
        foreach (EnumerationMember member in enumeration.Members)
        {
            _writer.Line($"case {_types.Qualified(enumeration, member)}:");
            _writer.Indent();
            emitCase(encodings[member.Value]);
            _writer.Outdent();
        }

        _writer.Line("default:");
        _writer.Indent();
        _writer.Line($"throw new ArgumentOutOfRangeException(nameof({leaf.Name}));");
        _writer.Outdent();
        _writer.Close();
    }

    private void EmitParameterDocs()
    {
        foreach (Slot parameter in _record.Parameters)
        {
            _writer.Parameter(_locals[parameter], parameter.Doc, $"The {parameter.Name}.");
        }

        foreach (Leaf leaf in _leaves)
        {
            _writer.Parameter(leaf.Name, leaf.Doc, $"The {leaf.Path[leaf.Path.Count - 1].Name}.");
        }
    }

    /// <summary>Works out the lengths that follow from other values.</summary>
    private void EmitDerived(bool isChecked)
    {
        foreach (NumberStep number in RecordEmitter.Flatten(_record.Steps).OfType<NumberStep>())
        {
            if (!_record.Derived.TryGetValue(number.Slot, out Slot? bytes))
            {
                continue;
            }

            string name = _values.Access(bytes);
            string length =
                bytes.Kind == SlotKind.Choice
                    ? $"{HolderEmitter.TextOf(bytes.Enumeration!, name, _types)}.Length"
                    : $"{name}.Length";
            int bits = (8 * number.Width) - (number.IsSigned ? 1 : 0);
            if (isChecked && bits < 31 && bytes.Kind == SlotKind.Bytes)
            {
                string most = Numbers.Text((1 << bits) - 1);
                _writer.Guard(
                    $"{length} > {most}",
                    NotAllowed(name, number.Field, $"\"at most {most}\""));
            }

            _writer.Line($"{_types.Of(number.Slot)} {_locals[number.Slot]} = ({_types.Of(number.Slot)}){length};");
        }
    }

    private void EmitChecks(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case CheckStep check:
                    Refuse(
                        _values.Negated(check.Condition),
                        SubjectOf(check),
                        check.Field,
                        _values.Describe(check.Expected));
                    break;
                case NumberStep number when Numbers.CanBeOutside(number):
                    string value = _values.Access(number.Slot);
                    Refuse(Numbers.IsOutside(number, value), value, number.Field, Numbers.Range(number));
                    break;
                case BytesStep { Terminator: { } terminator } bytes:
                    string name = _values.Access(bytes.Slot);
                    Refuse(
                        $"{_values.IsLonger($"{name}.Length", bytes.Size)} || {name}.Contains((byte){Numbers.Text(terminator)})",
                        name,
                        bytes.Field,
                        $"$\"at most {{{_values.Integer(bytes.Size)}}} bytes long and without a byte of value {Numbers.Text(terminator)}\""
                    );
                    break;
                case BytesStep bytes when !IsMeasured(bytes.Size, bytes.Slot):
                    RefuseLength(
                        bytes.Size,
                        $"{_values.Access(bytes.Slot)}.Length",
                        _values.Access(bytes.Slot),
                        bytes.Field);
                    break;
                case ChoiceStep choice when choice.Size is not IntegerValue && !IsMeasured(choice.Size, choice.Slot):
                    string text = HolderEmitter.TextOf(choice.Slot.Enumeration!, _values.Access(choice.Slot), _types);
                    RefuseLength(choice.Size, text + ".Length", _values.Access(choice.Slot), choice.Field);
                    break;
                case OptionalStep optional
                    when RecordEmitter
                        .Flatten(optional.Steps)
                        .Any(inner =>
                            inner is CheckStep or BytesStep or ChoiceStep
                            || (inner is NumberStep number && Numbers.CanBeOutside(number))):
                    _writer.Open($"if ({_values.Condition(optional.Condition)})");
                    EmitChecks(optional.Steps);
                    _writer.Close();
                    _writer.Line();
                    break;
            }
        }
    }

    private void RefuseLength(Value size, string length, string name, string field) =>
        Refuse(_values.IsOther(length, size), name, field, $"$\"{{{_values.Integer(size)}}} bytes long\"");

    private void Refuse(string condition, string? name, string field, string expected) =>
        _writer.Guard(condition, NotAllowed(name, field, expected));

    private string NotAllowed(string? name, string field, string expected)
    {
        string argument = name is null ? "null" : $"nameof({name})";
        string exception = _types.Support.Call(
            SupportMember.NotAllowed,
            argument,
            $"\"{SpecPath}/{field}\"",
            expected);
        return $"throw {exception};";
    }

    /// <summary>Whether a length is written as what a value measures, so that it cannot be wrong.</summary>
    private bool IsMeasured(Value size, Slot bytes) =>
        size is SlotValue { Slot: var length }
        && _record.Derived.TryGetValue(length, out Slot? measured)
        && measured == bytes;

    private string? SubjectOf(CheckStep check)
    {
        Slot? subject =
            check.Subject is not null && _record.Derived.TryGetValue(check.Subject, out Slot? bytes)
                ? bytes
                : check.Subject;
        return subject is null ? null : Leaf.Find(_leaves, subject)?.Name;
    }

    private string SizeOf(IReadOnlyList<Step> steps)
    {
        int constant = 0;
        List<string> parts = [];
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep bytes:
                    constant += bytes.Bytes.Count;
                    break;
                case NumberStep number:
                    constant += number.Width;
                    break;
                case BytesStep bytes:
                    parts.Add(_values.Int32(bytes.Size));
                    break;
                case ChoiceStep choice:
                    parts.Add(
                        $"{HolderEmitter.TextOf(choice.Slot.Enumeration!, _values.Access(choice.Slot), _types)}.Length"
                    );
                    break;
                case PaddingStep padding:
                    parts.Add(_values.Int32(padding.Count));
                    break;
                case RecordStep nested:
                    parts.Add($"{_types.Of(nested.Slot.Record!)}.GetSize({NestedArguments(nested)})");
                    break;
                case OptionalStep optional:
                    parts.Add($"({_values.Condition(optional.Condition)} ? {SizeOf(optional.Steps)} : 0)");
                    break;
            }
        }

        if (constant > 0 || parts.Count == 0)
        {
            parts.Insert(0, Numbers.Text(constant));
        }

        return string.Join(" + ", parts);
    }

    private string NestedArguments(RecordStep nested)
    {
        IEnumerable<string> arguments = nested.Slot.Record!.Parameters.Zip(nested.Arguments, _values.Argument);
        return string.Join(
            ", ",
            [.. arguments, .. _leaves.Where(leaf => leaf.Path[0] == nested.Slot).Select(leaf => leaf.Name)]);
    }

    private void EmitWrites(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    _writer.Line($"{_constants[constant]}.CopyTo(destination.Slice({_position}));");
                    Advance(Numbers.Text(constant.Bytes.Count));
                    break;
                case NumberStep number:
                    _writer.Line(
                        Numbers.Write(
                            number,
                            $"destination.Slice({_position})",
                            $"destination[{_position}]",
                            _values.Access(number.Slot)));
                    Advance(Numbers.Text(number.Width));
                    break;
                case BytesStep { Terminator: { } terminator } bytes:
                    string room = $"destination.Slice({_position}, {_values.Int32(bytes.Size)})";
                    _writer.Line(
                        _types.Support.Call(
                            SupportMember.Terminate,
                            _values.Access(bytes.Slot),
                            Numbers.Text(terminator),
                            room)
                            + ";");
                    Advance(_values.Int32(bytes.Size));
                    break;
                case BytesStep bytes:
                    string name = _values.Access(bytes.Slot);
                    _writer.Line($"{name}.CopyTo(destination.Slice({_position}));");
                    Advance($"{name}.Length");
                    break;
                case ChoiceStep choice:
                    string text = HolderEmitter.TextOf(choice.Slot.Enumeration!, _values.Access(choice.Slot), _types);
                    _writer.Line($"{text}.CopyTo(destination.Slice({_position}));");
                    Advance($"{text}.Length");
                    break;
                case RecordStep nested:
                    string arguments = string.Join(
                        ", ",
                        new[] { $"destination.Slice({_position})", NestedArguments(nested) }.Where(part =>
                            part.Length > 0));
                    Advance($"{_types.Of(nested.Slot.Record!)}.WriteChecked({arguments})");
                    break;
                case PaddingStep padding:
                    string count = _names.Claim(Names.Camel(padding.Field + "_length"));
                    _writer.Line($"int {count} = {_values.Int32(padding.Count)};");
                    _writer.Line(Paddings.Fill(padding, $"destination.Slice({_position})", count, _types.Support));
                    Advance(count);
                    break;
                case OptionalStep optional:
                    _writer.Open($"if ({_values.Condition(optional.Condition)})");
                    EmitWrites(optional.Steps);
                    _writer.Close();
                    _writer.Line();
                    break;
            }
        }
    }

    private void Advance(string size) => _writer.Line($"{_position} += {size};");
}
