using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Lowers a specification's root that is read piece by piece, with all that it contains: which types stand inside one
/// another, which are called instead, and which way each field goes.
/// </summary>
internal sealed class StreamLowerer
{
    private readonly SpecCompiler _compiler;
    private readonly SpecUnit _unit;
    private readonly ExpressionLowerer _expressions;
    private readonly FieldLowerer _fields;
    private readonly StreamBuilder _builder;
    private readonly BranchLowerer _branches;
    private readonly ListLowerer _lists;
    private readonly PlainFieldLowerer _plainFields;
    private readonly CheckFieldLowerer _checkFields;
    private readonly EmbeddedFieldLowerer _embeddedFields;
    private readonly Dictionary<TypeDeclaration, Procedure> _procedures = [];
    private readonly Stack<TypeDeclaration> _inlined = new();
    private int _depth;

    private StreamLowerer(SpecCompiler compiler, SpecUnit unit)
    {
        _compiler = compiler;
        _unit = unit;
        _expressions = new ExpressionLowerer(unit.Diagnostics);
        _fields = new FieldLowerer(compiler, _expressions);
        _builder = new StreamBuilder(unit.Id, unit.Root.Syntax.Doc);
        _branches = new BranchLowerer(_builder, _expressions);
        _lists = new ListLowerer(_builder, _expressions);
        _plainFields = new PlainFieldLowerer(_builder, _fields, _expressions);
        _checkFields = new CheckFieldLowerer(_fields, _expressions);
        _embeddedFields = new EmbeddedFieldLowerer(unit, _builder, _expressions);
    }

    private DiagnosticBag Diagnostics => _expressions.Diagnostics;

    /// <summary>
    /// Lowers a specification's root. What is wrong goes to the diagnostics of the unit that holds it.
    /// </summary>
    public static StreamProgram Lower(SpecCompiler compiler, SpecUnit unit)
    {
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
                BindingRules.AnnotationPlace,
                depth.Span,
                Annotations.MaximumDepth,
                "must stand in a type that others contain");
        }

        StreamLowerer lowerer = new(compiler, unit);
        return lowerer.LowerWhole(
            unit.Root,
            place => lowerer.LowerType(unit.Root, new Scope(unit.Root), place));
    }

    /// <summary>Lowers a type that nothing uses, only to find what is wrong with it.</summary>
    public static void Check(SpecCompiler compiler, TypeDeclaration type)
    {
        StreamLowerer lowerer = new(compiler, type.Unit);
        lowerer._expressions.IsTrial = type.Syntax.Parameters.Count > 0;
        lowerer.LowerWhole(
            type,
            place =>
            {
                if (Annotations.Has(type.Syntax.Annotations, Annotations.MaximumDepth))
                {
                    lowerer.ProcedureOf(type);
                }
                else
                {
                    lowerer.LowerType(type, lowerer.ScopeOf(type, []), place);
                }
            });
    }

    /// <summary>Makes the whole program of a type.</summary>
    private StreamProgram LowerWhole(TypeDeclaration type, Action<Place> lower)
    {
        Place place = Place.Of(_builder.NewProcedure(type, 0), type);
        lower(place);
        _builder.Append(place, new EndInstruction(["end"], type.SpecPath));
        return _builder.Finish(isRight: !_unit.HasErrors);
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
        LowerFields(type, scope, Limit(type, place.For(type)));

        // Instances are worked out where they are named; those that nothing names must make sense as well.
        foreach (ValueInstanceSyntax instance in type.Syntax.Instances.OfType<ValueInstanceSyntax>())
        {
            _expressions.Lower(instance.Value!, scope);
            if (instance.Condition is not null || instance.Enum is not null)
            {
                Diagnostics.Report(LoweringRules.Unsupported, instance.Span, "'if' and 'enum' of a value instance");
            }
        }

        _depth--;
        _inlined.Pop();
        _expressions.Diagnostics = outer;
    }

    /// <summary>Begins to count a type's bytes if it limits them.</summary>
    private Place Limit(TypeDeclaration type, Place place)
    {
        if (Annotations.Number(type.Syntax.Annotations, Annotations.MaximumSize, long.MaxValue, Diagnostics)
            is not { } maximum)
        {
            return place;
        }

        Slot mark = new(SlotKind.Integer, [.. place.Labels, "start"])
        {
            Range = new Interval(0, long.MaxValue),
            IsSigned = true,
        };
        _builder.Append(place, new AssignInstruction([.. place.Labels, "mark"], place.SpecPath, mark, null));
        return place with { Limit = new SizeLimit(mark, maximum, place.SpecPath) };
    }

    private void LowerFields(TypeDeclaration type, Scope scope, Place place)
    {
        if (type.Syntax.Sequence.Count == 0)
        {
            Diagnostics.Report(LoweringRules.Nothing, type.Span, type.Name);
        }

        foreach (AttributeSyntax field in type.Fields)
        {
            if (_builder.IsTooLarge)
            {
                Diagnostics.Report(
                    LoweringRules.TooLarge,
                    field.Span,
                    _unit.Id,
                    FormattableString.Invariant($"it has more than {SpecCompiler.LargestProgram} instructions"));
                break;
            }

            Annotations.CheckPlaces(field, Diagnostics);
            LowerField(field, scope, place.For(field));
        }
    }

    private void LowerField(AttributeSyntax field, Scope scope, Place place)
    {
        if (field.Condition is { } condition)
        {
            _branches.LowerOptional(field, condition, scope, place, () => LowerRepeated(field, scope, place));
        }
        else
        {
            LowerRepeated(field, scope, place);
        }
    }

    private void LowerRepeated(AttributeSyntax field, Scope scope, Place place)
    {
        if (field.Repeat is null || FieldLowerer.IsPadding(field))
        {
            LowerSingle(field, scope, place, isItem: false);
        }
        else
        {
            _lists.Lower(field, scope, place, element => LowerSingle(field, scope, element, isItem: true));
        }
    }

    private void LowerSingle(AttributeSyntax field, Scope scope, Place place, bool isItem)
    {
        if (field.Type is SwitchTypeSyntax choice)
        {
            _branches.LowerSwitch(
                field,
                choice,
                scope,
                place,
                single => LowerSingle(single, scope, place, isItem: false));
        }
        else if (field.Type is null && Annotations.IsStream(field, Diagnostics))
        {
            _plainFields.LowerContent(field, scope, place);
        }
        else if (FieldLowerer.IsCheckOnly(field))
        {
            _checkFields.Lower(field, scope, place);
        }
        else if (field.Type is NamedTypeSyntax named
            && !BuiltInType.IsReserved(named)
            && scope.Type.Unit.FindType(scope.Type, named.Name.Parts) is { } type
            && !_compiler.IsRecord(type))
        {
            Place inside = isItem ? place : place.Into(FieldLowerer.NameOf(field)) with { Doc = field.Doc };
            LowerStructure(field, named, type, scope, inside);
        }
        else
        {
            _plainFields.LowerWhole(field, scope, place, isItem);
        }
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
            _embeddedFields.Lower(field, type, scope, place);
            return;
        }

        if (field.Size is not null || field.SizeToEnd || field.Terminator is not null || field.Enum is not null)
        {
            place.Origin.Report(
                LoweringRules.Unsupported,
                "'size', 'terminator' and 'enum' of a type that is read piece by piece, other than an imported specification"
            );
            return;
        }

        place.RefuseValidation(field);
        if (isCalled)
        {
            place.RefuseLimit();
            Procedure procedure = ProcedureOf(type);
            Value[] values = [.. arguments.Select(argument => argument.Value!)];
            _builder.Append(place, new CallInstruction(place.Labels, place.PathOf(field), procedure, values));
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
            place with { SpecPath = type.Unit == _unit ? type.SpecPath : place.PathOf(field) });
        scope[FieldLowerer.NameOf(field)] = new StructureMeaning(inner);
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
        procedure = _builder.NewProcedure(type, depth);
        _procedures.Add(type, procedure);

        // A procedure stands by itself: what surrounds its first call does not matter to it.
        TypeDeclaration[] outer = [.. _inlined.Reverse()];
        _inlined.Clear();
        Place place = Place.Of(procedure, type);
        LowerType(type, ScopeOf(type, procedure.Parameters), place);
        foreach (TypeDeclaration item in outer)
        {
            _inlined.Push(item);
        }

        _builder.Append(place, new ReturnInstruction(["return"], type.SpecPath));
        return procedure;
    }

    /// <summary>Makes a type's names; its parameters are held, and added to a list.</summary>
    private Scope ScopeOf(TypeDeclaration type, List<Slot> parameters)
    {
        Scope scope = new(type);
        foreach (ParameterSyntax parameter in type.Syntax.Parameters)
        {
            Slot slot = _compiler.ParameterOf(parameter, type);
            parameters.Add(slot);
            scope[parameter.Id.Text] = new SlotMeaning(slot);
        }

        return scope;
    }
}
