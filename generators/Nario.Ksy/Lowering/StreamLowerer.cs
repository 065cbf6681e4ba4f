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
    private readonly Dictionary<Instruction, InstructionOrigin> _origins = [];
    private readonly List<ListLoop> _loops = [];
    private SourceSpan _span;
    private int _depth;
    private int _count;

    private StreamLowerer(SpecCompiler compiler, SpecUnit unit)
    {
        _compiler = compiler;
        _unit = unit;
        _expressions = new ExpressionLowerer(unit.Diagnostics);
        _fields = new FieldLowerer(compiler, _expressions);
        _program = new StreamProgram(unit.Id, unit.Root.Syntax.Doc);
    }

    private DiagnosticBag Diagnostics => _expressions.Diagnostics;

    /// <summary>
    /// Lowers a specification's root. What is wrong goes to the diagnostics of the unit that holds it.
    /// </summary>
    public static StreamProgram Lower(SpecCompiler compiler, SpecUnit unit)
    {
        StreamLowerer lowerer = new(compiler, unit);
        TypeSyntax root = unit.Root.Syntax;
        if (root.Parameters.Count > 0)
        {
            unit.Diagnostics.Report(
                LoweringRules.Unsupported,
                root.Parameters[0].Span,
                "parameters of a specification that is read piece by piece");
        }

        if (Annotations.Find(root.Annotations, Annotations.MaximumDepth) is { } depth)
        {
            unit.Diagnostics.Report(
                LoweringRules.AnnotationPlace,
                depth.Span,
                Annotations.MaximumDepth,
                "must stand in a type that others contain");
        }

        Procedure procedure = new(unit.Root.Name, root.Doc, 0);
        lowerer._program.Procedures.Add(procedure);
        lowerer.LowerType(unit.Root, new Scope(unit.Root), new Place(procedure, unit.Root.SpecPath, [], [], root.Doc, null, null));
        lowerer.Append(procedure, new EndInstruction(["end"], unit.Id));
        lowerer.Finish();
        return lowerer._program;
    }

    /// <summary>Lowers a type that nothing uses, only to find what is wrong with it.</summary>
    public static void Check(SpecCompiler compiler, TypeDeclaration type)
    {
        StreamLowerer lowerer = new(compiler, type.Unit);
        lowerer._expressions.IsTrial = type.Syntax.Parameters.Count > 0;
        Procedure procedure = new(type.Name, type.Syntax.Doc, 0);
        lowerer._program.Procedures.Add(procedure);
        Scope scope = new(type);
        foreach (ParameterSyntax parameter in type.Syntax.Parameters)
        {
            scope[parameter.Id.Text] = new SlotMeaning(compiler.ParameterOf(parameter, type));
        }

        Place place = new(procedure, type.SpecPath, [], [], type.Syntax.Doc, null, null);
        if (Annotations.Has(type.Syntax.Annotations, Annotations.MaximumDepth))
        {
            lowerer.ProcedureOf(type);
        }
        else
        {
            lowerer.LowerType(type, scope, place);
        }

        lowerer.Append(procedure, new EndInstruction(["end"], type.SpecPath));
        lowerer.Finish();
    }

    private void Finish()
    {
        if (!_unit.HasErrors)
        {
            new StreamFinisher(_program, _origins).Finish(_loops);
        }
    }

    private void LowerType(TypeDeclaration type, Scope scope, Place place)
    {
        _compiler.Note(type);
        if (_inlined.Contains(type))
        {
            type.Unit.Diagnostics.Report(LoweringRules.NoDepthLimit, type.Span, type.Name);
            return;
        }

        if (_depth == SpecCompiler.DeepestType)
        {
            SpecCompiler.ReportDepth(type);
            return;
        }

        DiagnosticBag outer = Diagnostics;
        _expressions.Diagnostics = type.Unit.Diagnostics;
        _inlined.Push(type);
        _depth++;
        if (Annotations.Number(type.Syntax.Annotations, Annotations.MaximumSize, long.MaxValue, Diagnostics) is
            { } maximum)
        {
            Slot mark = new(SlotKind.Integer, [.. place.Labels, "start"])
            {
                Range = new Interval(0, long.MaxValue),
                IsSigned = true,
            };
            Append(place.Procedure, new AssignInstruction([.. place.Labels, "mark"], place.SpecPath, mark, null));
            place = place with { Limit = new SizeLimit(mark, maximum, place.SpecPath) };
        }

        if (type.Syntax.Sequence.Count == 0)
        {
            Diagnostics.Report(LoweringRules.Nothing, type.Span, type.Name);
        }

        foreach (AttributeSyntax field in type.Fields)
        {
            if (_count > SpecCompiler.LargestProgram)
            {
                Diagnostics.Report(
                    LoweringRules.TooLarge,
                    field.Span,
                    _unit.Id,
                    FormattableString.Invariant($"it has more than {SpecCompiler.LargestProgram} instructions"));
                break;
            }

            SourceSpan span = _span;
            _span = field.Span;
            LowerField(field, scope, place);
            _span = span;
        }

        // Instances are worked out where they are named; those that nothing names must make sense as well.
        foreach (InstanceSyntax instance in type.Syntax.Instances)
        {
            _expressions.Lower(instance.Value, scope);
            if (instance.Condition is not null || instance.Enum is not null)
            {
                Diagnostics.Report(LoweringRules.Unsupported, instance.Span, "'if' and 'enum' of a value instance");
            }
        }

        _depth--;
        _inlined.Pop();
        _expressions.Diagnostics = outer;
    }

    private void LowerField(AttributeSyntax field, Scope scope, Place place)
    {
        CheckAnnotations(field);
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
        BranchInstruction branch = new([.. place.Labels, "if", id], PathOf(field, place), condition);
        Append(place.Procedure, branch);
        LowerRepeated(field, scope, place);
        branch.Otherwise = Join(place, ["after", id], PathOf(field, place));
    }

    private void CheckAnnotations(AttributeSyntax field)
    {
        if (Annotations.Find(field.Annotations, Annotations.Stream) is { } stream
            && (field.Type is not null || field.Contents is not null || field.Repeat is not null))
        {
            Diagnostics.Report(
                LoweringRules.AnnotationPlace,
                stream.Span,
                Annotations.Stream,
                "must stand in a field of bytes that is not repeated");
        }

        if (Annotations.Find(field.Annotations, Annotations.Ascending) is { } ascending
            && !FieldLowerer.IsCheckOnly(field))
        {
            Diagnostics.Report(
                LoweringRules.AnnotationPlace,
                ascending.Span,
                Annotations.Ascending,
                "must stand in a field of 'size: 0'");
        }
    }

    /// <summary>Refuses what a size limit around it could not count.</summary>
    private void CheckLimit(AttributeSyntax field, Place place)
    {
        if (place.Limit is not null)
        {
            Diagnostics.Report(
                LoweringRules.AnnotationPlace,
                field.Span,
                Annotations.MaximumSize,
                "cannot limit streamed fields, recursive types and other specifications");
        }
    }

    private void LowerRepeated(AttributeSyntax field, Scope scope, Place place)
    {
        if (field.Repeat is null || FieldLowerer.IsPadding(field))
        {
            LowerSingle(field, scope, place, isItem: false);
            return;
        }

        LowerList(field, scope, place);
    }

    private void LowerList(AttributeSyntax field, Scope scope, Place place)
    {
        string id = FieldLowerer.NameOf(field);
        string specPath = PathOf(field, place);
        bool standsForType = IsOnlyVisible(field, scope.Type);
        Place inside = standsForType ? place : place.Into(id);
        string? doc = standsForType ? place.Doc : field.Doc;
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
        if (count is not null
            && Last(place.Procedure) is ReadInstruction { Step: NumberStep number } read
            && number.Slot == count)
        {
            counter = read;
            counter.Token = null;
        }

        Token start = NewToken(TokenKind.ListStart, inside.Path, doc, counter is null ? null : count);
        if (counter is not null)
        {
            counter.CountOf = start;
        }

        YieldInstruction begin = new([.. inside.Labels, "start"], specPath, start);
        Append(place.Procedure, begin);
        Slot index = new(SlotKind.Integer, [.. inside.Labels, "index"]) { Range = new Interval(0, long.MaxValue - 1) };
        Append(
            place.Procedure,
            new AssignInstruction([.. inside.Labels, "begin"], specPath, index, new IntegerValue(0)));
        Instruction head =
            field.Repeat is RepeatUntil
                ? Join(place, [.. inside.Labels.Skip(place.Labels.Count), "next"], specPath)
                : Append(
                    place.Procedure,
                    new BranchInstruction(
                        [.. inside.Labels, "next"],
                        specPath,
                        total is null
                            ? null
                            : new ComparisonValue(BinaryOperator.Less, new SlotValue(index), total, OfBytes: false)));

        _loops.Add(new ListLoop(head, id, field.Repeat is RepeatCount));
        TypedValue? outerIndex = scope.Index;
        scope.Index = ExpressionLowerer.Of(index);
        LowerSingle(
            field,
            scope,
            inside with
            {
                List = begin,
                Doc = $"An element of: {doc?.Trim() ?? id}",
            },
            isItem: true);
        scope.Index = outerIndex;
        Value increment = new ArithmeticValue(
            BinaryOperator.Add,
            new SlotValue(index),
            new IntegerValue(1),
            new Interval(1, long.MaxValue));
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
            Append(
                place.Procedure,
                new BranchInstruction([.. inside.Labels, "until"], specPath, condition) { Otherwise = head });
        }
        else
        {
            Append(place.Procedure, new JumpInstruction([.. inside.Labels, "again"], specPath, head));
        }

        Token end = NewToken(TokenKind.ListEnd, inside.Path, doc, null);
        YieldInstruction finish = new([.. inside.Labels, "end"], specPath, end);
        if (head is BranchInstruction loop)
        {
            loop.Otherwise = finish;
        }

        Append(place.Procedure, finish);
    }

    private void LowerSingle(AttributeSyntax field, Scope scope, Place place, bool isItem)
    {
        string id = FieldLowerer.NameOf(field);
        if (field.Type is SwitchTypeSyntax choice)
        {
            LowerSwitch(field, choice, scope, place);
            return;
        }

        if (field.Type is null && Annotations.IsStream(field, Diagnostics))
        {
            LowerContent(field, scope, place);
            return;
        }

        if (FieldLowerer.IsCheckOnly(field))
        {
            LowerCheckOnly(field, scope, place);
            return;
        }

        TypeDeclaration? type =
            field.Type is NamedTypeSyntax named && !BuiltInType.IsReserved(named)
                ? scope.Type.Unit.FindType(scope.Type, named.Name.Parts)
                : null;
        if (type is not null && !_compiler.IsRecord(type))
        {
            LowerStructure(
                field,
                (NamedTypeSyntax)field.Type!,
                type,
                scope,
                isItem ? place : place.Into(id) with { Doc = field.Doc });
            return;
        }

        List<CheckStep> checks = [];
        string[] own = isItem ? ["item"] : [id];
        Step? step = FieldLowerer.IsPadding(field)
            ? _fields.LowerPadding(field, scope)
            : _fields.Lower(field, scope, place.Labels, checks, own[0]);
        if (step is null)
        {
            return;
        }

        CheckBound(field, step, checks);
        ReadInstruction read = new([.. place.Labels, .. own], PathOf(field, place), step) { Limit = place.Limit };
        read.Checks.AddRange(checks);
        Slot? slot = step.Target;
        if (slot is not null && (slot.Record is null || slot.Record.Values.Count > 0))
        {
            read.Token = NewToken(TokenKind.Value, [.. place.Path, .. own], isItem ? place.Doc : field.Doc, slot);
        }

        Append(place.Procedure, read);
    }

    private void LowerStructure(
        AttributeSyntax field,
        NamedTypeSyntax named,
        TypeDeclaration type,
        Scope scope,
        Place place)
    {
        bool isCalled = Annotations.Has(type.Syntax.Annotations, Annotations.MaximumDepth);
        IReadOnlyList<TypedValue>? arguments = _fields.LowerArguments(named, type, scope, arePassed: isCalled);
        if (arguments is null)
        {
            return;
        }

        if (type.IsRoot && type.Unit != _unit)
        {
            LowerEmbedded(field, type, scope, place);
            return;
        }

        if (field.Size is not null || field.SizeToEnd || field.Terminator is not null || field.Enum is not null)
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                field.Span,
                "'size', 'terminator' and 'enum' of a type that is read piece by piece, other than an imported specification"
            );
            return;
        }

        if (field.Validation is not null)
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                field.Validation.Span,
                "'valid' of a type that is read piece by piece");
        }

        if (isCalled)
        {
            CheckLimit(field, place);
            Procedure procedure = ProcedureOf(type);
            Append(
                place.Procedure,
                new CallInstruction(
                    place.Labels,
                    PathOf(field, place),
                    procedure,
                    arguments.Select(argument => argument.Value!).ToArray()));
            return;
        }

        Scope inner = new(type);
        for (int index = 0; index < arguments.Count; index++)
        {
            inner[type.Syntax.Parameters[index].Id.Text] = new ExpressionMeaning(arguments[index]);
        }

        LowerType(
            type,
            inner,
            place with { SpecPath = type.Unit == _unit ? type.SpecPath : PathOf(field, place) });
        scope[FieldLowerer.NameOf(field)] = new StructureMeaning(inner);
    }

    private void LowerEmbedded(AttributeSyntax field, TypeDeclaration type, Scope scope, Place place)
    {
        CheckLimit(field, place);
        if (type.Syntax.Sequence.Count == 0 || type.Syntax.Parameters.Count > 0)
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                field.Span,
                "a specification without fields or with parameters as the type of a field");
            return;
        }

        if (field.SizeToEnd || field.Terminator is not null || field.Enum is not null)
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                field.Span,
                "'size-eos', 'terminator' and 'enum' of this type");
            return;
        }

        Value? size = null;
        if (field.Size is not null)
        {
            size = _expressions.Size(field.Size, scope);
            if (size is null)
            {
                return;
            }

            if (field.Validation
                is not ValidExpression
                {
                    Condition: MemberAccess
                    {
                        Name: "eof",
                        Target: MemberAccess { Name: "_io", Target: NameReference { Name: "_" } }
                    },
                })
            {
                Diagnostics.Report(
                    LoweringRules.Unsupported,
                    field.Span,
                    "a sized field of this type that need not be filled (state 'valid: {expr: _._io.eof}')");
                return;
            }
        }
        else if (field.Validation is not null)
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                field.Validation.Span,
                "'valid' of a type that is read piece by piece");
        }

        _unit.Embed(type.Unit, field.Span);
        Token token = NewToken(TokenKind.Embedded, place.Path, field.Doc, null);
        Append(place.Procedure, new EmbedInstruction(place.Labels, PathOf(field, place), token, type.Unit.Id, size));
    }

    private Procedure ProcedureOf(TypeDeclaration type)
    {
        if (_procedures.TryGetValue(type, out Procedure? procedure))
        {
            return procedure;
        }

        int depth = (int)(
            Annotations.Number(
                type.Syntax.Annotations,
                Annotations.MaximumDepth,
                ushort.MaxValue,
                type.Unit.Diagnostics) ?? 1);
        procedure = new Procedure(type.Name, type.Syntax.Doc, depth);
        _procedures.Add(type, procedure);
        _program.Procedures.Add(procedure);
        Scope scope = new(type);
        foreach (ParameterSyntax parameter in type.Syntax.Parameters)
        {
            Slot slot = _compiler.ParameterOf(parameter, type);
            procedure.Parameters.Add(slot);
            scope[parameter.Id.Text] = new SlotMeaning(slot);
        }

        // A procedure stands by itself: what surrounds its first call does not matter to it.
        TypeDeclaration[] outer = [.. _inlined.Reverse()];
        _inlined.Clear();
        LowerType(type, scope, new Place(procedure, type.SpecPath, [], [], type.Syntax.Doc, null, null));
        foreach (TypeDeclaration item in outer)
        {
            _inlined.Push(item);
        }

        Append(procedure, new ReturnInstruction(["return"], type.SpecPath));
        return procedure;
    }

    private void LowerSwitch(AttributeSyntax field, SwitchTypeSyntax choice, Scope scope, Place place)
    {
        string specPath = PathOf(field, place);
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

            TypeDeclaration? caseType = BuiltInType.IsReserved(item.Type)
                ? null
                : scope.Type.Unit.FindType(scope.Type, item.Type.Name.Parts);
            AttributeSyntax caseField = field with
            {
                Id = new Identifier(caseId, item.Span),
                Type = item.Type,
                Doc = caseType?.Syntax.Doc ?? field.Doc,
                Condition = null,
                Repeat = null,
            };
            LowerSingle(caseField, scope, place, isItem: false);
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
        CheckLimit(field, place);
        if (field.Size is null || field.Validation is not null || field.Terminator is not null)
        {
            Diagnostics.Report(
                LoweringRules.AnnotationPlace,
                field.Span,
                Annotations.Stream,
                "needs bytes with a 'size' and without 'valid' and 'terminator'");
            return;
        }

        string id = FieldLowerer.NameOf(field);
        if (_expressions.Size(field.Size, scope) is { } size)
        {
            Token token = NewToken(TokenKind.Content, [.. place.Path, id], field.Doc, null);
            Append(place.Procedure, new ContentInstruction([.. place.Labels, id], PathOf(field, place), token, size));
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
                Diagnostics.Report(
                    LoweringRules.Unsupported,
                    field.Span,
                    "a check that does not follow a field of bounded size");
                return;
            }

            read.Checks.AddRange(checks);
            return;
        }

        TypedValue bytes = _expressions.Lower(key, scope);
        Slot? slot = bytes.Slot;
        if (bytes.Kind != ValueKind.Bytes
            || read is null
            || slot is null
            || (slot.Parent ?? slot) != read.Step.Target
            || place.List is null)
        {
            if (bytes.Kind != ValueKind.Nothing)
            {
                Diagnostics.Report(
                    LoweringRules.AnnotationPlace,
                    field.Span,
                    Annotations.Ascending,
                    "must stand in an element of a list and name bytes of the field before it");
            }

            return;
        }

        BigInteger longest = IntervalEvaluator.LargestSize(read.Step, read.Checks);
        if (longest * (place.Procedure.MaximumDepth + 1) > SpecCompiler.LargestOrder)
        {
            Diagnostics.Report(
                LoweringRules.TooLarge,
                field.Span,
                FieldLowerer.NameOf(field),
                FormattableString.Invariant(
                    $"it would keep more than {SpecCompiler.LargestOrder} bytes to compare with"));
            return;
        }

        AscendingRule rule = new(slot.Path, slot, (int)longest, $"{read.SpecPath}/{slot.Name}");
        read.Ascending = rule;
        place.List.Restart = rule;
        place.Procedure.AscendingRules.Add(rule);
    }

    private void CheckBound(AttributeSyntax field, Step step, IReadOnlyList<CheckStep> checks)
    {
        BigInteger size = IntervalEvaluator.LargestSize(step, checks);
        if (size > SpecCompiler.LargestStep && !_expressions.IsTrial)
        {
            Diagnostics.Report(
                LoweringRules.Unbounded,
                field.Span,
                FieldLowerer.NameOf(field),
                size,
                SpecCompiler.LargestStep);
        }
        else
        {
            _program.LargestStep = Math.Max(_program.LargestStep, (int)BigInteger.Min(size, SpecCompiler.LargestStep));
        }
    }

    /// <summary>
    /// Whether a field is the only one of its type that a reader tells of: then it goes by the type's own name.
    /// </summary>
    private static bool IsOnlyVisible(AttributeSyntax field, TypeDeclaration type) =>
        !type.IsRoot
        && type.Fields.All(other =>
            other == field
            || other.Contents is not null
            || FieldLowerer.IsPadding(other)
            || (field.Repeat is RepeatCount { Count: NameReference count } && count.Name == other.Id?.Text));

    private Token NewToken(TokenKind kind, IReadOnlyList<string> path, string? doc, Slot? slot)
    {
        Token token = new(kind, path, doc) { Slot = slot };
        _program.Tokens.Add(token);
        return token;
    }

    private static string PathOf(AttributeSyntax field, Place place) => $"{place.SpecPath}/{FieldLowerer.NameOf(field)}";

    private static Instruction? Last(Procedure procedure) => procedure.Instructions.LastOrDefault();

    private Instruction Append(Procedure procedure, Instruction instruction)
    {
        _count++;
        _origins.Add(instruction, new InstructionOrigin(Diagnostics, _span));
        procedure.Instructions.Add(instruction);
        return instruction;
    }

    /// <summary>A place that branches can go to.</summary>
    private Instruction Join(Place place, IReadOnlyList<string> label, string specPath) =>
        Append(place.Procedure, new JumpInstruction([.. place.Labels, .. label], specPath, null));
}
