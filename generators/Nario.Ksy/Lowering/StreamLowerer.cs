using System.Numerics;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers a specification's root that is read piece by piece, with all that it contains.</summary>
internal sealed class StreamLowerer
{
    private readonly SpecCompiler _compiler;
    private readonly SpecUnit _unit;
    private readonly ExpressionLowerer _expressions;
    private readonly FieldLowerer _fields;
    private readonly StreamProgram _program;
    private readonly Dictionary<TypeDeclaration, Procedure> _procedures = [];
    private readonly Stack<TypeDeclaration> _inlined = new();

    public StreamLowerer(SpecCompiler compiler, SpecUnit unit)
    {
        _compiler = compiler;
        _unit = unit;
        _expressions = new ExpressionLowerer(unit.Diagnostics);
        _fields = new FieldLowerer(compiler, _expressions);
        _program = new StreamProgram(unit.Id, unit.Root.Syntax.Doc);
    }

    private DiagnosticBag Diagnostics => _expressions.Diagnostics;

    /// <summary>Where code goes, and what surrounds it.</summary>
    /// <param name="Procedure">The procedure that is being made.</param>
    /// <param name="Path">Identifiers from the root to the type that is being lowered; names tokens.</param>
    /// <param name="Labels">Identifiers from the procedure's type; names instructions and slots.</param>
    /// <param name="Limit">The size limit of a surrounding type, or null.</param>
    /// <param name="List">The surrounding list, or null.</param>
    private sealed record Place(Procedure Procedure, IReadOnlyList<string> Path, IReadOnlyList<string> Labels, SizeLimit? Limit, YieldInstruction? List)
    {
        public Place Into(string id) => this with { Path = [.. Path, id], Labels = [.. Labels, id] };
    }

    /// <summary>Lowers the root. What is wrong goes to the unit's diagnostics.</summary>
    public StreamProgram Lower()
    {
        Procedure root = new(_unit.Root.Name, _unit.Root.Syntax.Doc, 0);
        _program.Procedures.Add(root);
        LowerType(_unit.Root, new Scope(_unit.Root), new Place(root, [], [], null, null));
        Append(root, new EndInstruction(["end"], _unit.Id));
        if (!_unit.HasErrors)
        {
            foreach (Procedure procedure in _program.Procedures)
            {
                Link(procedure);
            }

            TokenPrediction.Apply(_program);
            KeepSlots();
        }

        return _program;
    }

    private void LowerType(TypeDeclaration type, Scope scope, Place place)
    {
        if (_inlined.Contains(type))
        {
            Diagnostics.Report(LoweringRules.NoDepthLimit, (type.Syntax.Name?.Span) ?? type.Syntax.Span, type.Name);
            return;
        }

        DiagnosticBag outer = Diagnostics;
        _expressions.Diagnostics = type.Unit.Diagnostics;
        _inlined.Push(type);
        if (Annotations.Number(type.Syntax.Annotations, Annotations.MaximumSize, long.MaxValue, Diagnostics) is { } maximum)
        {
            Slot mark = new(SlotKind.Integer, [.. place.Labels, "start"]) { Range = new Interval(0, long.MaxValue), IsSigned = true };
            Append(place.Procedure, new AssignInstruction([.. place.Labels, "mark"], type.SpecPath, mark, null));
            place = place with { Limit = new SizeLimit(mark, maximum, type.SpecPath) };
        }

        if (type.Syntax.Sequence.Count == 0)
        {
            Diagnostics.Report(LoweringRules.Nothing, type.Syntax.Span, type.Name);
        }

        foreach (AttributeSyntax field in type.Syntax.Sequence)
        {
            LowerField(field, scope, place);
        }

        _inlined.Pop();
        _expressions.Diagnostics = outer;
    }

    private void LowerField(AttributeSyntax field, Scope scope, Place place)
    {
        if (field.Condition is null)
        {
            LowerRepeated(field, scope, place);
            return;
        }

        Value? condition = _expressions.Condition(field.Condition, scope);
        if (condition is null)
        {
            return;
        }

        string id = FieldLowerer.NameOf(field);
        BranchInstruction branch = new([.. place.Labels, "if", id], PathOf(field, scope), condition);
        Append(place.Procedure, branch);
        LowerRepeated(field, scope, place);
        branch.Otherwise = Join(place, ["after", id], PathOf(field, scope));
    }

    private void LowerRepeated(AttributeSyntax field, Scope scope, Place place)
    {
        if (field.Repeat is null || FieldLowerer.IsPadding(field))
        {
            LowerSingle(field, field.Type, scope, place, isItem: false);
            return;
        }

        LowerList(field, scope, place);
    }

    private void LowerList(AttributeSyntax field, Scope scope, Place place)
    {
        string id = FieldLowerer.NameOf(field);
        string specPath = PathOf(field, scope);
        Place inside = IsOnlyVisible(field, scope.Type) ? place : place.Into(id);
        Slot? count = null;
        Value? total = null;
        if (field.Repeat is RepeatCount counted)
        {
            TypedValue? lowered = _expressions.Integer(counted.Count, scope);
            if (lowered is null)
            {
                return;
            }

            total = lowered.Value;
            count = lowered.Slot;
        }

        ReadInstruction? counter = null;
        if (count is not null && Last(place.Procedure) is ReadInstruction { Step: NumberStep number } read && number.Slot == count)
        {
            counter = read;
            counter.Token = null;
        }

        Token start = NewToken(TokenKind.ListStart, inside.Path, field.Doc, counter is null ? null : count);
        if (counter is not null)
        {
            counter.CountOf = start;
        }

        YieldInstruction begin = new([.. inside.Labels, "start"], specPath, start);
        Append(place.Procedure, begin);
        Slot index = new(SlotKind.Integer, [.. inside.Labels, "index"]) { Range = new Interval(0, long.MaxValue - 1), IsSigned = true };
        Append(place.Procedure, new AssignInstruction([.. inside.Labels, "begin"], specPath, index, new IntegerValue(0)));
        Instruction head = field.Repeat is RepeatUntil
            ? Join(place, [.. inside.Labels.Skip(place.Labels.Count), "next"], specPath)
            : Append(place.Procedure, new BranchInstruction(
                [.. inside.Labels, "next"], specPath,
                total is null ? null : new ComparisonValue(BinaryOperator.Less, new SlotValue(index), total, OfBytes: false)));

        TypedValue? outerIndex = scope.Index;
        scope.Index = ExpressionLowerer.Of(index);
        LowerSingle(field, field.Type, scope, inside with { List = begin }, isItem: true);
        scope.Index = outerIndex;
        Value increment = new ArithmeticValue(BinaryOperator.Add, new SlotValue(index), new IntegerValue(1), new Interval(1, long.MaxValue));
        Append(place.Procedure, new AssignInstruction([.. inside.Labels, "advance"], specPath, index, increment));
        if (field.Repeat is RepeatUntil until)
        {
            Meaning? before = scope.Current;
            scope.Current = scope[id];
            Value? condition = _expressions.Condition(until.Condition, scope);
            scope.Current = before;
            if (condition is null)
            {
                return;
            }

            // The condition ends the list: on with the next element where it does not hold.
            Append(place.Procedure, new BranchInstruction([.. inside.Labels, "until"], specPath, condition) { Otherwise = head });
        }
        else
        {
            Append(place.Procedure, new JumpInstruction([.. inside.Labels, "again"], specPath, head));
        }

        Token end = NewToken(TokenKind.ListEnd, inside.Path, field.Doc, null);
        YieldInstruction finish = new([.. inside.Labels, "end"], specPath, end);
        if (head is BranchInstruction loop)
        {
            loop.Otherwise = finish;
        }

        Append(place.Procedure, finish);
    }

    private void LowerSingle(AttributeSyntax field, TypeReferenceSyntax? typeReference, Scope scope, Place place, bool isItem)
    {
        string id = FieldLowerer.NameOf(field);
        if (typeReference is SwitchTypeSyntax choice)
        {
            LowerSwitch(field, choice, scope, place, isItem);
            return;
        }

        if (typeReference is null && Annotations.IsStream(field, Diagnostics))
        {
            LowerContent(field, scope, place);
            return;
        }

        if (FieldLowerer.IsCheckOnly(field))
        {
            LowerCheckOnly(field, scope, place);
            return;
        }

        TypeDeclaration? type = typeReference is NamedTypeSyntax named && !BuiltInType.IsReserved(named)
            ? scope.Type.Unit.FindType(scope.Type, named.Name.Parts)
            : null;
        if (type is not null && !_compiler.IsRecord(type))
        {
            LowerStructure(field, (NamedTypeSyntax)typeReference!, type, scope, isItem ? place : place.Into(id));
            return;
        }

        List<CheckStep> checks = [];
        AttributeSyntax single = field with { Type = typeReference };
        string[] own = isItem ? ["item"] : [id];
        Step? step = FieldLowerer.IsPadding(field) ? _fields.LowerPadding(field, scope) : _fields.Lower(single, scope, place.Labels, checks);
        if (step is null)
        {
            return;
        }

        CheckBound(field, step, checks);
        ReadInstruction read = new([.. place.Labels, .. own], PathOf(field, scope), step) { Limit = place.Limit };
        read.Checks.AddRange(checks);
        Slot? slot = SlotOf(step);
        if (slot is not null && (slot.Record is null || slot.Record.Values.Count > 0))
        {
            read.Token = NewToken(TokenKind.Value, [.. place.Path, .. own], field.Doc, slot);
        }

        Append(place.Procedure, read);
    }

    private void LowerStructure(AttributeSyntax field, NamedTypeSyntax named, TypeDeclaration type, Scope scope, Place place)
    {
        IReadOnlyList<TypedValue>? arguments = _fields.LowerArguments(named, type, scope);
        if (arguments is null)
        {
            return;
        }

        if (type.IsRoot && type.Unit != _unit)
        {
            LowerEmbedded(field, type, scope, place);
            return;
        }

        if (field.Size is not null || field.SizeToEnd)
        {
            Diagnostics.Report(LoweringRules.Unsupported, field.Span, "'size' of a type that is read piece by piece, other than an imported specification");
            return;
        }

        if (Annotations.Has(type.Syntax.Annotations, Annotations.MaximumDepth))
        {
            Procedure procedure = ProcedureOf(type);
            Append(place.Procedure, new CallInstruction(place.Labels, PathOf(field, scope), procedure, arguments.Select(argument => argument.Value!).ToArray()));
            return;
        }

        Scope inner = new(type);
        for (int index = 0; index < arguments.Count; index++)
        {
            inner[type.Syntax.Parameters[index].Id.Text] = new ExpressionMeaning(arguments[index]);
        }

        LowerType(type, inner, place);
        scope[FieldLowerer.NameOf(field)] = new StructureMeaning(inner);
        if (field.Validation is not null)
        {
            Diagnostics.Report(LoweringRules.Unsupported, field.Validation.Span, "'valid' of a type that is read piece by piece");
        }
    }

    private void LowerEmbedded(AttributeSyntax field, TypeDeclaration type, Scope scope, Place place)
    {
        Value? size = null;
        if (field.Size is not null)
        {
            TypedValue? lowered = _expressions.Integer(field.Size, scope);
            if (lowered is null)
            {
                return;
            }

            size = lowered.Value;
            if (field.Validation is not ValidExpression
                {
                    Condition: MemberAccess { Name: "eof", Target: MemberAccess { Name: "_io", Target: NameReference { Name: "_" } } },
                })
            {
                Diagnostics.Report(LoweringRules.Unsupported, field.Span, "a sized field of this type that need not be filled (state 'valid: {expr: _._io.eof}')");
                return;
            }
        }
        else if (field.Validation is not null)
        {
            Diagnostics.Report(LoweringRules.Unsupported, field.Validation.Span, "'valid' of a type that is read piece by piece");
        }

        Token token = NewToken(TokenKind.Embedded, place.Path, field.Doc, null);
        Append(place.Procedure, new EmbedInstruction(place.Labels, PathOf(field, scope), token, type.Unit.Id, size));
    }

    private Procedure ProcedureOf(TypeDeclaration type)
    {
        if (_procedures.TryGetValue(type, out Procedure? procedure))
        {
            return procedure;
        }

        int depth = (int)(Annotations.Number(type.Syntax.Annotations, Annotations.MaximumDepth, ushort.MaxValue, Diagnostics) ?? 1);
        procedure = new Procedure(type.Name, type.Syntax.Doc, depth);
        _procedures.Add(type, procedure);
        _program.Procedures.Add(procedure);
        Scope scope = new(type);
        foreach (ParameterSyntax parameter in type.Syntax.Parameters)
        {
            Slot slot = _compiler.ParameterOf(parameter, type, Diagnostics);
            procedure.Parameters.Add(slot);
            scope[parameter.Id.Text] = new SlotMeaning(slot);
        }

        // A procedure stands by itself: what surrounds its first call does not matter to it.
        TypeDeclaration[] outer = [.. _inlined.Reverse()];
        _inlined.Clear();
        LowerType(type, scope, new Place(procedure, [], [], null, null));
        foreach (TypeDeclaration item in outer)
        {
            _inlined.Push(item);
        }

        Append(procedure, new ReturnInstruction(["return"], type.SpecPath));
        return procedure;
    }

    private void LowerSwitch(AttributeSyntax field, SwitchTypeSyntax choice, Scope scope, Place place, bool isItem)
    {
        string specPath = PathOf(field, scope);
        List<JumpInstruction> exits = [];
        BranchInstruction? pending = null;
        int number = 0;
        foreach (SwitchCaseSyntax item in choice.Cases.OrderBy(item => item.Value is null))
        {
            string caseId = item.Type.Name.Parts[item.Type.Name.Parts.Count - 1];
            int before = place.Procedure.Instructions.Count;
            BranchInstruction? branch = null;
            if (item.Value is not null)
            {
                BinaryExpression equal = new(BinaryOperator.Equal, choice.On, item.Value, item.Span);
                Value? condition = _expressions.Condition(equal, scope);
                if (condition is null)
                {
                    return;
                }

                branch = new BranchInstruction([.. place.Labels, "is", caseId], specPath, condition);
                Append(place.Procedure, branch);
            }

            AttributeSyntax caseField = field with { Id = new Identifier(caseId, item.Span), Type = item.Type };
            LowerSingle(caseField, item.Type, scope, place, isItem);
            if (pending is not null && place.Procedure.Instructions.Count > before)
            {
                pending.Otherwise = place.Procedure.Instructions[before];
            }

            pending = branch;
            if (++number < choice.Cases.Count || branch is not null)
            {
                JumpInstruction exit = new([.. place.Labels, "leave", caseId], specPath, null);
                Append(place.Procedure, exit);
                exits.Add(exit);
            }
        }

        Instruction after = Join(place, ["after", FieldLowerer.NameOf(field)], specPath);
        foreach (JumpInstruction exit in exits)
        {
            exit.Target = after;
        }

        if (pending is not null)
        {
            pending.Otherwise = after;
        }
    }

    private void LowerContent(AttributeSyntax field, Scope scope, Place place)
    {
        if (field.Size is null || field.Validation is not null || field.Terminator is not null)
        {
            Diagnostics.Report(LoweringRules.AnnotationPlace, field.Span, Annotations.Stream, "needs bytes with a 'size' and without 'valid' and 'terminator'");
            return;
        }

        string id = FieldLowerer.NameOf(field);
        if (_expressions.Integer(field.Size, scope) is { } size)
        {
            Token token = NewToken(TokenKind.Content, [.. place.Path, id], field.Doc, null);
            Append(place.Procedure, new ContentInstruction([.. place.Labels, id], PathOf(field, scope), token, size.Value!));
        }
    }

    private void LowerCheckOnly(AttributeSyntax field, Scope scope, Place place)
    {
        ReadInstruction? read = Last(place.Procedure) as ReadInstruction;
        Expression? key = Annotations.AscendingBy(field, Diagnostics);
        if (key is null)
        {
            List<CheckStep> checks = [];
            _fields.LowerValidation(field, scope, null, checks);
            if (read is null)
            {
                Diagnostics.Report(LoweringRules.Unsupported, field.Span, "a check that does not follow a field of bounded size");
                return;
            }

            read.Checks.AddRange(checks);
            return;
        }

        TypedValue bytes = _expressions.Lower(key, scope);
        Slot? slot = bytes.Slot;
        if (bytes.Kind != ValueKind.Bytes || read is null || slot is null || (slot.Parent ?? slot) != SlotOf(read.Step) || place.List is null)
        {
            if (bytes.Kind != ValueKind.Nothing)
            {
                Diagnostics.Report(LoweringRules.AnnotationPlace, field.Span, Annotations.Ascending,
                    "must stand in an element of a list and name bytes of the field before it");
            }

            return;
        }

        BigInteger longest = IntervalEvaluator.LargestSize(read.Step, read.Checks);
        AscendingRule rule = new(slot.Path, slot, (int)longest, $"{read.SpecPath}/{slot.Name}");
        read.Ascending = rule;
        place.List.Restart = rule;
        place.Procedure.AscendingRules.Add(rule);
    }

    private void CheckBound(AttributeSyntax field, Step step, IReadOnlyList<CheckStep> checks)
    {
        BigInteger size = IntervalEvaluator.LargestSize(step, checks);
        if (size > SpecCompiler.LargestStep)
        {
            Diagnostics.Report(LoweringRules.Unbounded, field.Span, FieldLowerer.NameOf(field), size, SpecCompiler.LargestStep);
        }
        else
        {
            _program.LargestStep = Math.Max(_program.LargestStep, (int)size);
        }
    }

    /// <summary>Finds which values must outlive the instruction that read them.</summary>
    private void KeepSlots()
    {
        foreach (Procedure procedure in _program.Procedures)
        {
            HashSet<Slot> slots = [.. procedure.Parameters];
            foreach (Instruction instruction in procedure.Instructions)
            {
                Slot[] local = instruction is ReadInstruction read && SlotOf(read.Step) is { } own
                    ? [own, .. _expressions.PartsOf(own)] : [];
                foreach (Slot slot in SlotUse.Of(instruction))
                {
                    bool isLocal = local.Contains(slot);
                    if (slot.Kind == SlotKind.Bytes && !isLocal)
                    {
                        Diagnostics.Report(LoweringRules.NotKept, _unit.Root.Syntax.Span, string.Join(".", slot.Path));
                    }

                    if (!isLocal)
                    {
                        slot.IsKept = true;
                        slots.Add(slot);
                    }
                }
            }

            procedure.Slots.AddRange(slots.Where(slot => slot.IsKept));
        }
    }

    private static Slot? SlotOf(Step step) => step switch
    {
        NumberStep number => number.Slot,
        BytesStep bytes => bytes.Slot,
        ChoiceStep choice => choice.Slot,
        RecordStep record => record.Slot,
        _ => null,
    };

    /// <summary>Whether a field is the only one of its type that a reader tells of: then it goes by the type's own name.</summary>
    private static bool IsOnlyVisible(AttributeSyntax field, TypeDeclaration type) =>
        !type.IsRoot && type.Syntax.Sequence.All(other =>
            other == field || other.Contents is not null || FieldLowerer.IsPadding(other) ||
            (field.Repeat is RepeatCount { Count: NameReference count } && count.Name == other.Id?.Text));

    private Token NewToken(TokenKind kind, IReadOnlyList<string> path, string? doc, Slot? slot)
    {
        Token token = new(kind, path, doc) { Slot = slot };
        _program.Tokens.Add(token);
        return token;
    }

    private static string PathOf(AttributeSyntax field, Scope scope) => $"{scope.Type.SpecPath}/{FieldLowerer.NameOf(field)}";

    private static Instruction? Last(Procedure procedure) => procedure.Instructions.LastOrDefault();

    private static Instruction Append(Procedure procedure, Instruction instruction)
    {
        procedure.Instructions.Add(instruction);
        return instruction;
    }

    /// <summary>A place that branches can go to.</summary>
    private static Instruction Join(Place place, IReadOnlyList<string> label, string specPath) =>
        Append(place.Procedure, new JumpInstruction([.. place.Labels, .. label], specPath, null));

    /// <summary>Sets what comes after each instruction, and takes out those that only pass control on.</summary>
    private static void Link(Procedure procedure)
    {
        List<Instruction> all = procedure.Instructions;
        HashSet<Slot> used = [.. all.Where(instruction => instruction is not AssignInstruction).SelectMany(SlotUse.Of)];
        for (int index = 0; index < all.Count; index++)
        {
            all[index].Next = all[index] switch
            {
                ReturnInstruction or EndInstruction => null,
                JumpInstruction { Target: { } target } => target,
                _ => all[index + 1],
            };
        }

        foreach (Instruction instruction in all)
        {
            instruction.Next = instruction.Next is null ? null : Resolve(instruction.Next, used);
            if (instruction is BranchInstruction branch)
            {
                branch.Otherwise = Resolve(branch.Otherwise!, used);
            }
        }

        all.RemoveAll(instruction => PassesOn(instruction, used));
    }

    private static Instruction Resolve(Instruction instruction, HashSet<Slot> used)
    {
        while (PassesOn(instruction, used))
        {
            instruction = instruction.Next!;
        }

        return instruction;
    }

    private static bool PassesOn(Instruction instruction, HashSet<Slot> used) =>
        instruction is JumpInstruction || (instruction is AssignInstruction assign && !used.Contains(assign.Slot));

    private sealed class JumpInstruction(IReadOnlyList<string> path, string specPath, Instruction? target) : Instruction(path, specPath)
    {
        public Instruction? Target { get; set; } = target;
    }
}
