using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// Binds everything of a type and the types inside it. After an error, which has been reported, it gives null, but has
/// looked at all.
/// </summary>
internal sealed class TypeBinder(BindingSession session)
{
    private readonly Dictionary<EnumSymbol, IntegerType?> _enumTypes = [];

    /// <summary>Binds a type.</summary>
    public TypeModel? Bind(TypeSymbol type)
    {
        session.Cancellation.ThrowIfCancellationRequested();
        TypeAnnotations? annotations = AnnotationBinder.Bind(type);
        if (type.Meta?.EncodingName is { } encoding)
        {
            Encodings.Check(encoding.Text, encoding.Span, type.Unit.Diagnostics);
        }

        Parameter?[] parameters = [.. type.Parameters.Select(Bind)];
        Field?[] fields = [.. type.Fields.Select(field => session.FieldOf(field, field.Syntax))];
        Instance?[] instances = [.. type.Instances.Select(session.Fields.Bind)];
        foreach (EnumSymbol item in type.Enums)
        {
            _enumTypes[item] = DeclaredType(item);
        }

        TypeModel?[] types = [.. type.Nested.Select(Bind)];
        ComputedEndianness? endianness = BindEndianness(type, out bool isRight);
        BoundExpression? text = type.Syntax.Text is null
            ? null
            : ExpressionBinder.Expect<StringType>(
                session.Expressions.Bind(type.Syntax.Text, new ExpressionScope(type)),
                new ExpressionScope(type),
                "a string");
        if (annotations is null
            || !isRight
            || (text is null && type.Syntax.Text is not null)
            || Lacks(parameters)
            || Lacks(fields)
            || Lacks(instances)
            || Lacks(types))
        {
            return null;
        }

        return new TypeModel(
            type.Id,
            parameters.ToValueList()!,
            fields.ToValueList()!,
            instances.ToValueList()!,
            types.ToValueList()!,
            type.Enums.Select(ModelOf).ToValueList(),
            session.ParentOf(type),
            endianness,
            text,
            type.Syntax.Doc,
            (type.Syntax.Name ?? type.Unit.Syntax.Meta.Id!).Span)
        {
            Annotations = annotations,
        };
    }

    private static bool Lacks<T>(T?[] items)
        where T : class => Array.Exists(items, static item => item is null);

    private Parameter? Bind(ParameterSymbol parameter) =>
        session.TypeOf(parameter, parameter.Owner.Unit, parameter.Span) is { } type
            ? new Parameter(parameter.Name, type, parameter.Syntax.Doc, parameter.Span)
            : null;

    private ComputedEndianness? BindEndianness(TypeSymbol type, out bool isRight)
    {
        isRight = true;
        if (type.Meta is not { HasEndian: true } meta)
        {
            return type.MetaWith(static outer => outer.HasEndian) is { Endian: null }
                ? new InheritedEndianness()
                : null;
        }

        if (meta.SwitchedEndian is not { } switched)
        {
            return null;
        }

        ExpressionScope scope = new(type);
        BoundExpression? on = session.Expressions.Bind(switched.On, scope);
        List<EndiannessCase> cases = [];
        foreach (EndiannessCaseSyntax item in switched.Cases)
        {
            BoundExpression? value = item.Value is null
                ? null
                : session.Expressions.Bind(item.Value, scope with { SwitchValue = on?.Type });
            isRight &= value is not null || item.Value is null;
            if (value is not null && on is not null)
            {
                isRight &= ExpressionBinder.IsComparable(
                    BinaryOperator.Equal, on.Type, value.Type, item.Span, scope);
            }

            ByteOrder order = item.Order == Endianness.Little ? ByteOrder.Little : ByteOrder.Big;
            cases.Add(new EndiannessCase(value, order));
        }

        isRight &= on is not null;
        return isRight
            ? new SwitchedEndianness(on!, cases.OrderBy(static item => item.Value is null).ToValueList())
            : null;
    }

    private static IntegerType? DeclaredType(EnumSymbol item)
    {
        if (item.Syntax.Type is not { } name)
        {
            return null;
        }

        IntegerType? type = BuiltInTypes.Integer(name.Text, out _);
        if (type is null)
        {
            item.Owner.Unit.Diagnostics.Report(
                BindingRules.WrongKind, name.Span, "an integer type", DiagnosticText.Quote(name.Text));
        }

        return type;
    }

    private EnumModel ModelOf(EnumSymbol item) => new(
        item.Id,
        _enumTypes[item] ?? IntegerType.OfComputation(item.Range ?? Interval.Of(0)),
        item.Syntax.Members
            .Select(static member => new EnumMember(member.Value, member.Label, member.Doc))
            .ToValueList(),
        item.Syntax.Doc,
        item.Syntax.Name.Span);
}
