using Nario.Ksy.Analysis;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// What is worked out once and on demand while specifications are bound: types of members, parents, values of instances
/// and fields. Each is bound where it is first needed, so that definitions need no order; one that needs itself is an
/// error.
/// </summary>
internal sealed class BindingSession
{
    /// <summary>Longest chain of definitions that rest on each other. Binding recurses over it.</summary>
    public const int MaxDepth = 64;

    private readonly Dictionary<TypeId, TypeSymbol> _types = [];
    private readonly Dictionary<MemberSymbol, DataType?> _memberTypes = [];
    private readonly Dictionary<ValueInstanceSymbol, BoundExpression?> _values = [];
    private readonly Dictionary<MemberSymbol, Field?> _fields = [];
    private readonly Dictionary<ParentSyntax, BoundExpression?> _parentValues = [];
    private readonly Dictionary<TypeSymbol, DataType> _parents = [];
    private readonly ILookup<TypeSymbol, (TypeSymbol Container, ParentSyntax? Parent, bool IsRepeated)> _uses;
    private readonly HashSet<MemberSymbol> _open = [];
    private int _depth;

    public BindingSession(IReadOnlyList<UnitSymbol> units, CancellationToken cancellation)
    {
        Cancellation = cancellation;
        foreach (TypeSymbol type in units.SelectMany(unit => unit.Root.SelfAndNested))
        {
            _types.Add(type.Id, type);
        }

        Expressions = new ExpressionBinder(this);
        Fields = new FieldBinder(this);
        Sizes = new FixedSizes(FieldsOf);
        _uses = _types.Values.SelectMany(UsesIn).ToLookup(use => use.Type, use => (use.Container, use.Parent, use.IsRepeated));
    }

    public CancellationToken Cancellation { get; }

    public ExpressionBinder Expressions { get; }

    public FieldBinder Fields { get; }

    public FixedSizes Sizes { get; }

    public TypeSymbol Type(TypeId id) => _types[id];

    /// <summary>Gets the type of a member; null when it is not known, which has been reported.</summary>
    /// <param name="member">The member.</param>
    /// <param name="user">The specification that asks.</param>
    /// <param name="place">Where it asks.</param>
    public DataType? TypeOf(MemberSymbol member, UnitSymbol user, SourceSpan place)
    {
        if (_memberTypes.TryGetValue(member, out DataType? known))
        {
            return known;
        }

        if (!TryEnter(member, member.Name, user, place))
        {
            return null;
        }

        DataType? type = member switch
        {
            ParameterSymbol parameter => TypeReferences.TypeOfParameter(parameter),
            FieldSymbol field => TypeReferences.TypeOfField(field.Syntax, field.Owner),
            ParsedInstanceSymbol instance => TypeReferences.TypeOfField(instance.Syntax.Field, instance.Owner),
            ValueInstanceSymbol instance => Value(instance)?.Type,
            _ => throw Unreachable.Case(member),
        };
        _depth--;
        _open.Remove(member);
        _memberTypes[member] = type;
        return type;
    }

    /// <summary>Gets the value of an instance; null after an error.</summary>
    public BoundExpression? Value(ValueInstanceSymbol instance)
    {
        if (!_values.TryGetValue(instance, out BoundExpression? value))
        {
            _values[instance] = null;
            value = Fields.BindValue(instance);
            _values[instance] = value;
        }

        return value;
    }

    /// <summary>Gets the fields of a type as far as they are right; null while they are being bound.</summary>
    public IReadOnlyList<Field>? FieldsOf(TypeId id)
    {
        TypeSymbol type = Type(id);
        List<Field> fields = [];
        foreach (FieldSymbol symbol in type.Fields)
        {
            if (FieldOf(symbol, symbol.Syntax) is not { } field)
            {
                return null;
            }

            fields.Add(field);
        }

        return fields;
    }

    /// <summary>Gets what a field or a parsed instance reads; null after an error, or while it is being bound.</summary>
    public Field? FieldOf(MemberSymbol member, AttributeSyntax syntax)
    {
        if (!_fields.TryGetValue(member, out Field? field) && _depth < MaxDepth)
        {
            _fields[member] = null;
            _depth++;
            field = Fields.Bind(member, syntax);
            _depth--;
            _fields[member] = field;
        }

        return field;
    }

    /// <summary>
    /// Gets the type of <c>_parent</c>: the one type of the same specification that contains <paramref name="type"/>,
    /// else any.
    /// </summary>
    public DataType ParentOf(TypeSymbol type)
    {
        if (_parents.TryGetValue(type, out DataType? known))
        {
            return known;
        }

        // While the parents are worked out, one that depends on itself can be any.
        _parents[type] = new AnyStructType();
        HashSet<DataType> found = [];
        if (type.Outer is not null)
        {
            foreach ((TypeSymbol container, ParentSyntax? parent, bool isRepeated) in _uses[type])
            {
                if (parent is null)
                {
                    found.Add(new StructType(container.Id));
                }
                else if (parent.Value is not null
                    && ParentValue(parent, container, isRepeated)?.Type is StructType or AnyStructType)
                {
                    found.Add(ParentValue(parent, container, isRepeated)!.Type);
                }
            }
        }

        DataType result = found.Count == 1 ? found.Single() : new AnyStructType();
        _parents[type] = result;
        return result;
    }

    /// <summary>Gets the object that <c>parent</c> names; null after an error.</summary>
    public BoundExpression? ParentValue(ParentSyntax parent, TypeSymbol container, bool isRepeated)
    {
        if (!_parentValues.TryGetValue(parent, out BoundExpression? value) && _depth < MaxDepth)
        {
            _depth++;
            _parentValues[parent] = null;
            value = Expressions.Bind(parent.Value!, new ExpressionScope(container, HasIndex: isRepeated));
            if (value is not null and not { Type: StructType or AnyStructType })
            {
                container.Unit.Diagnostics.Report(
                    BindingRules.WrongKind, parent.Span, "an object", DataTypes.Describe(value.Type));
                value = null;
            }

            _depth--;
            _parentValues[parent] = value;
        }

        return value;
    }

    private bool TryEnter(MemberSymbol member, string name, UnitSymbol user, SourceSpan place)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_open.Contains(member))
        {
            user.Diagnostics.Report(BindingRules.Circular, place, name);
            return false;
        }

        if (_depth >= MaxDepth)
        {
            user.Diagnostics.Report(BindingRules.TooDeep, place, name, MaxDepth);
            return false;
        }

        _depth++;
        _open.Add(member);
        return true;
    }

    private static IEnumerable<(TypeSymbol Type, TypeSymbol Container, ParentSyntax? Parent, bool IsRepeated)> UsesIn(
        TypeSymbol container)
    {
        IEnumerable<AttributeSyntax> fields = container.Fields.Select(field => field.Syntax)
            .Concat(container.Instances.OfType<ParsedInstanceSymbol>().Select(instance => instance.Syntax.Field));
        foreach (AttributeSyntax field in fields)
        {
            IEnumerable<TypeReferenceSyntax> types = field.Type switch
            {
                null => [],
                SwitchTypeSyntax choice => choice.Cases.Select(item => item.Type),
                { } single => [single],
            };
            foreach (NamedTypeSyntax named in types.OfType<NamedTypeSyntax>())
            {
                if (!TypeReferences.IsBuiltIn(named)
                    && container.FindType(named.Name.Parts, named.Name.IsAbsolute) is { } type
                    && type.Unit == container.Unit)
                {
                    yield return (type, container, field.Parent, field.Repeat is not null);
                }
            }
        }
    }
}
