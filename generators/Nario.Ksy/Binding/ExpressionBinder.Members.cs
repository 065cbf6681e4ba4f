using System.Numerics;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>Names, members of objects, and methods of values.</summary>
internal sealed partial class ExpressionBinder
{
    private BoundExpression? BindName(NameReference name, ExpressionScope scope)
    {
        switch (name.Name)
        {
            case "_":
                return scope.Item is { } item
                    ? new ItemReference(item, name.Span)
                    : NoMeaning(name, scope, "it is the value of a 'valid' or the element of a 'repeat-until'");
            case "_index":
                return scope.HasIndex
                    ? new IndexReference(DataTypes.Count, name.Span)
                    : NoMeaning(name, scope, "it is the number of an element of a repeated field");
            case "_on":
                return scope.SwitchValue is { } value
                    ? new SwitchValueReference(value, name.Span)
                    : NoMeaning(name, scope, "it is the value of a switch in its cases");
            default:
                ThisReference self = new(new StructType(scope.Type.Id), name.Span);
                return BindObjectMember(self, name.Name, name.Span, scope, isBareName: true);
        }
    }

    private static BoundExpression? NoMeaning(NameReference name, ExpressionScope scope, string why)
    {
        Report(scope, BindingRules.NoMeaningHere, name.Span, name.Name, why);
        return null;
    }

    private BoundExpression? BindMember(MemberAccess member, ExpressionScope scope)
    {
        if (Bind(member.Target, scope) is not { } target)
        {
            return null;
        }

        if (member.Name == "_sizeof")
        {
            return BindSizeOf(target, member.Span, scope);
        }

        return target.Type is StructType or AnyStructType or OpaqueType
            ? BindObjectMember(target, member.Name, member.Span, scope, isBareName: false)
            : BindProperty(target, member, scope);
    }

    private BoundExpression? BindObjectMember(
        BoundExpression target, string name, SourceSpan span, ExpressionScope scope, bool isBareName)
    {
        TypeSymbol? type = target.Type is StructType known ? session.Type(known.Id) : null;
        switch (name)
        {
            case "_io":
                return new IoReference(target, span);
            case "_parent":
                DataType parent = type is null ? new AnyStructType() : session.ParentOf(type);
                return new ParentReference(target, parent, span);
            case "_root":
                DataType root = type is null ? new AnyStructType() : new StructType(type.Unit.Root.Id);
                return new RootReference(target, root, span);
            case "_sizeof":
                return BindSizeOf(target, span, scope);
            default:
                break;
        }

        if (type?.Member(name) is { } member)
        {
            return session.TypeOf(member, scope.Type.Unit, span) is { } memberType
                ? new MemberReference(target, type.Id, name, member.Kind, memberType, span)
                : null;
        }

        if (target.Type is OpaqueType)
        {
            return new ForeignMemberReference(target, name, span);
        }

        if (isBareName)
        {
            Report(scope, BindingRules.UnknownName, span, name);
        }
        else
        {
            Report(scope, BindingRules.UnknownMember, span, name, DataTypes.Describe(target.Type));
        }

        return null;
    }

    /// <summary>Gets the size of a value: of the field, when it is one, with what its extent adds.</summary>
    private IntegerConstant? BindSizeOf(BoundExpression target, SourceSpan span, ExpressionScope scope)
    {
        BigInteger? bits = null;
        string what = "this";
        if (target is MemberReference reference)
        {
            what = $"'{reference.Name}'";
            MemberSymbol member = session.Type(reference.Owner).Member(reference.Name)!;
            Field? field = member switch
            {
                FieldSymbol symbol => session.FieldOf(symbol, symbol.Syntax),
                ParsedInstanceSymbol symbol => session.FieldOf(symbol, symbol.Syntax.Field),
                ParameterSymbol or ValueInstanceSymbol => null,
                _ => throw Unreachable.Case(member),
            };
            bits = field is null ? SizeOf(target.Type) : session.Sizes.BitsOf(field);
        }
        else
        {
            bits = SizeOf(target.Type);
        }

        return SizeConstant(bits, inBits: false, what, span, scope);
    }

    private BigInteger? SizeOf(DataType type) => type switch
    {
        StructType item => session.Sizes.BitsOf(item.Id),
        IntegerType integer => 8 * integer.Width,
        FloatType number => 8 * number.Width,
        BooleanType or BytesType or StringType or EnumType or OpaqueType or AnyStructType or AnyType or ArrayType
            or IoType => null,
        _ => throw Unreachable.Case(type),
    };

    private static MethodCallOperation? BindProperty(
        BoundExpression target, MemberAccess member, ExpressionScope scope)
    {
        (BoundMethod Method, DataType Type)? found = (target.Type, member.Name) switch
        {
            (IntegerType, "to_s") => (BoundMethod.IntegerToString, new StringType()),
            (FloatType, "to_i") => (BoundMethod.FloatToInteger, DataTypes.Word),
            (FloatType, "to_s") => (BoundMethod.FloatToString, new StringType()),
            (StringType, "length") => (BoundMethod.StringLength, DataTypes.Count),
            (StringType, "reverse") => (BoundMethod.StringReverse, new StringType()),
            (StringType, "to_i") => (BoundMethod.StringToInteger, DataTypes.Word),
            (BytesType, "length" or "size") => (BoundMethod.BytesLength, DataTypes.Count),
            (BytesType, "first") => (BoundMethod.BytesFirst, DataTypes.Byte),
            (BytesType, "last") => (BoundMethod.BytesLast, DataTypes.Byte),
            (BytesType, "min") => (BoundMethod.BytesMinimum, DataTypes.Byte),
            (BytesType, "max") => (BoundMethod.BytesMaximum, DataTypes.Byte),
            (ArrayType array, "first") => (BoundMethod.ArrayFirst, array.Element),
            (ArrayType array, "last") => (BoundMethod.ArrayLast, array.Element),
            (ArrayType, "size") => (BoundMethod.ArraySize, DataTypes.Count),
            (ArrayType array, "min") => (BoundMethod.ArrayMinimum, array.Element),
            (ArrayType array, "max") => (BoundMethod.ArrayMaximum, array.Element),
            (EnumType item, "to_i") => (BoundMethod.EnumToInteger, item.Underlying),
            (BooleanType, "to_i") =>
                (BoundMethod.BooleanToInteger, IntegerType.OfComputation(new Interval(0, 1))),
            (IoType, "pos") => (BoundMethod.IoPosition, DataTypes.Position),
            (IoType, "size") => (BoundMethod.IoSize, DataTypes.Position),
            (IoType, "eof") => (BoundMethod.IoIsAtEnd, new BooleanType()),
            _ => null,
        };
        if (found is { Method: BoundMethod.ArrayMinimum or BoundMethod.ArrayMaximum }
            && !DataTypes.AreComparable(found.Value.Type, found.Value.Type, ordered: true))
        {
            found = null;
        }

        if (found is { } method)
        {
            return new MethodCallOperation(method.Method, target, default, method.Type, member.Span);
        }

        Report(scope, BindingRules.UnknownMember, member.Span, member.Name, DataTypes.Describe(target.Type));
        return null;
    }

    private MethodCallOperation? BindCall(MethodCall call, ExpressionScope scope)
    {
        BoundExpression? target = Bind(call.Method.Target, scope);
        BoundExpression?[] arguments = [.. call.Arguments.Select(argument => Bind(argument, scope))];
        if (target is null || !Array.TrueForAll(arguments, static argument => argument is not null))
        {
            return null;
        }

        (BoundMethod Method, DataType Type, Type[] Takes, string Expected)? found =
            (target.Type, call.Method.Name) switch
            {
                (StringType, "substring") => (
                    BoundMethod.StringSubstring,
                    new StringType(),
                    [typeof(IntegerType), typeof(IntegerType)],
                    "two integers"),
                (StringType, "to_i") => (
                    BoundMethod.StringToInteger, DataTypes.Word, [typeof(IntegerType)], "an integer, the base"),
                (BytesType, "to_s") => (
                    BoundMethod.BytesToString, new StringType(), [typeof(StringType)], "a string, the encoding"),
                _ => null,
            };
        if (found is not { } method)
        {
            Report(
                scope,
                BindingRules.UnknownMember,
                call.Method.Span,
                call.Method.Name,
                DataTypes.Describe(target.Type));
            return null;
        }

        if (!arguments.Select(static argument => argument!.Type.GetType()).SequenceEqual(method.Takes))
        {
            Report(scope, BindingRules.WrongArguments, call.Span, call.Method.Name, method.Expected);
            return null;
        }

        if (method.Method == BoundMethod.BytesToString)
        {
            if (arguments[0] is not StringConstant encoding)
            {
                Report(scope, BindingRules.WrongArguments, call.Span, call.Method.Name, "a literal, the encoding");
                return null;
            }

            string name = Encodings.Check(encoding.Value, encoding.Span, scope.Type.Unit.Diagnostics);
            arguments[0] = new StringConstant(name, encoding.Span);
        }

        return new MethodCallOperation(
            method.Method,
            target,
            arguments.Select(static argument => argument!).ToValueList(),
            method.Type,
            call.Span);
    }
}
