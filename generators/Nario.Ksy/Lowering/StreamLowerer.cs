using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Lowers a specification's root that is read piece by piece, with all that it contains: which types stand inside one
/// another, which are called instead, and which way each field goes.
/// </summary>
internal sealed class StreamLowerer
{
    private readonly SpecCompiler _compiler;
    private readonly UnitDeclaration _unit;
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

    private StreamLowerer(SpecCompiler compiler, UnitDeclaration unit)
    {
        _compiler = compiler;
        _unit = unit;
        _expressions = new ExpressionLowerer(unit.Diagnostics);
        _fields = new FieldLowerer(compiler, _expressions);
        _builder = new StreamBuilder(unit.Id, unit.Model.Root.Doc);
        _branches = new BranchLowerer(compiler, _builder, _expressions);
        _lists = new ListLowerer(_builder, _expressions);
        _plainFields = new PlainFieldLowerer(_builder, _fields, _expressions);
        _checkFields = new CheckFieldLowerer(_fields, _expressions);
        _embeddedFields = new EmbeddedFieldLowerer(unit, _builder, _expressions);
    }

    private DiagnosticBag Diagnostics => _expressions.Diagnostics;

    /// <summary>
    /// Lowers a specification's root. What is wrong goes to the diagnostics of the unit that holds it.
    /// </summary>
    public static StreamProgram Lower(SpecCompiler compiler, UnitDeclaration unit)
    {
        TypeModel root = unit.Model.Root;
        if (root.Parameters.Count > 0)
        {
            unit.Diagnostics.Report(
                LoweringRules.Unsupported,
                root.Parameters[0].Span,
                "parameters of a specification that is read piece by piece");
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
        lowerer._expressions.IsTrial = type.Model.Parameters.Count > 0;
        lowerer.LowerWhole(
            type,
            place =>
            {
                if (type.Model.Annotations.MaximumDepth is not null)
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
        foreach (Instance instance in type.Model.Instances)
        {
            CheckInstance(instance, scope);
        }

        _depth--;
        _inlined.Pop();
        _expressions.Diagnostics = outer;
    }

    private void CheckInstance(Instance instance, Scope scope)
    {
        switch (instance)
        {
            case ParsedInstance parsed:
                Diagnostics.Report(
                    LoweringRules.NeedsClass, parsed.Span, parsed.Name, "a parsed instance seeks in its input");
                break;
            case ValueInstance value:
                _expressions.Lower(value.Value, scope);
                if (value.Condition is not null)
                {
                    Diagnostics.Report(LoweringRules.Unsupported, value.Span, "'if' of a value instance");
                }

                Diagnostics.Report(LoweringRules.NotHandedOut, value.Span, value.Name);
                break;
            default:
                throw Unreachable.Case(instance);
        }
    }

    /// <summary>Begins to count a type's bytes if it limits them.</summary>
    private Place Limit(TypeDeclaration type, Place place)
    {
        if (type.Model.Annotations.MaximumSize is not { } maximum)
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
        if (type.Model.Fields.Count == 0)
        {
            Diagnostics.Report(LoweringRules.Nothing, type.Span, type.Name);
        }

        foreach (Field field in type.Model.Fields)
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

            LowerField(field, scope, place.For(field));
        }
    }

    private void LowerField(Field field, Scope scope, Place place)
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

    private void LowerRepeated(Field field, Scope scope, Place place)
    {
        if (field.Repeat is null || ForwardFields.IsPadding(field))
        {
            LowerSingle(field, scope, place, isItem: false);
        }
        else
        {
            _lists.Lower(field, scope, place, element => LowerSingle(field, scope, element, isItem: true));
        }
    }

    private void LowerSingle(Field field, Scope scope, Place place, bool isItem)
    {
        if (field.Layout is SwitchLayout { Fallback: null } choice)
        {
            _branches.LowerSwitch(
                field,
                choice,
                scope,
                place,
                single => LowerSingle(single, scope, place, isItem: false));
        }
        else if (field.Layout is BytesLayout && field.Annotations.IsStreamed)
        {
            _plainFields.LowerContent(field, scope, place);
        }
        else if (ForwardFields.IsCheckOnly(field))
        {
            _checkFields.Lower(field, scope, place);
        }
        else if (field.Layout is StructLayout layout
            && _compiler.Declaration(layout.Id) is var type
            && !_compiler.IsRecord(type))
        {
            Place inside = isItem ? place : place.Into(field.Name) with { Doc = field.Doc };
            LowerStructure(field, layout, type, scope, inside);
        }
        else
        {
            _plainFields.LowerWhole(field, scope, place, isItem);
        }
    }

    private void LowerStructure(
        Field field,
        StructLayout layout,
        TypeDeclaration type,
        Scope scope,
        Place place)
    {
        bool isCalled = type.Model.Annotations.MaximumDepth is not null;
        IReadOnlyList<TypedValue>? arguments = _fields.LowerArguments(layout, type, scope, arePassed: isCalled);
        if (arguments is null)
        {
            return;
        }

        if (type.IsRoot && type.Unit != _unit)
        {
            _embeddedFields.Lower(field, type, scope, place);
            return;
        }

        if (layout.Extent is not null)
        {
            place.Origin.Report(
                LoweringRules.Unsupported,
                "'size' and 'terminator' of a type that is read piece by piece, other than an imported specification");
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
            inner[type.Model.Parameters[index].Name] = new ExpressionMeaning(arguments[index]);
        }

        LowerType(
            type,
            inner,
            place with { SpecPath = type.Unit == _unit ? type.SpecPath : place.PathOf(field) });
        scope[field.Name] = new StructureMeaning(inner);
    }

    private Procedure ProcedureOf(TypeDeclaration type)
    {
        if (_procedures.TryGetValue(type, out Procedure? procedure))
        {
            return procedure;
        }

        int depth = (int)(type.Model.Annotations.MaximumDepth ?? 1);
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
        foreach (Parameter parameter in type.Model.Parameters)
        {
            Slot slot = _compiler.ParameterOf(parameter, type);
            parameters.Add(slot);
            scope[parameter.Name] = new SlotMeaning(slot);
        }

        return scope;
    }
}
