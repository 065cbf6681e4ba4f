using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>Finds which type of values a reference to a type means, and what values a field gives.</summary>
internal static class TypeReferences
{
    /// <summary>Whether a field's type is one that the language itself defines; arguments make it another.</summary>
    public static bool IsBuiltIn(NamedTypeSyntax type) =>
        type is { Arguments.Count: 0, Name: { Parts: [var name], IsArray: false, IsAbsolute: false } }
        && (name is "str" or "strz"
            || BuiltInTypes.Integer(name, out _) is not null
            || BuiltInTypes.Float(name, out _) is not null
            || BuiltInTypes.Bits(name) is not null);

    /// <summary>Gets the values of a parameter; null after an error.</summary>
    public static DataType? TypeOfParameter(ParameterSymbol parameter)
    {
        DataType? type = parameter.Syntax.Type switch
        {
            null => new BytesType(),
            NamedTypeSyntax named => Resolve(named.Name, parameter.Owner, named.Span),
            InvalidTypeSyntax => null,
            _ => throw Unreachable.Case(parameter.Syntax.Type),
        };
        return parameter.Syntax.Enum is { } name && type is not null
            ? Enumerated(type, name, parameter.Owner)
            : type;
    }

    /// <summary>Gets the type of values that a name means in a parameter or a cast; null after an error.</summary>
    public static DataType? Resolve(TypeName name, TypeSymbol scope, SourceSpan place)
    {
        DataType? element = name is { Parts: [var simple], IsAbsolute: false }
            ? BuiltInTypes.Value(simple)
            : null;
        element ??= ResolveUser(name, scope, place);
        return element is not null && name.IsArray ? new ArrayType(element) : element;
    }

    /// <summary>Gets the declared or opaque type that a name means; null after an error.</summary>
    public static DataType? ResolveUser(TypeName name, TypeSymbol scope, SourceSpan place)
    {
        if (scope.FindType(name.Parts, name.IsAbsolute) is { } found)
        {
            return new StructType(found.Id);
        }

        if (scope.MetaWith(static meta => meta.AllowsOpaqueTypes) is not null)
        {
            return new OpaqueType(name.Parts.ToValueList());
        }

        if (!scope.Unit.LacksImport)
        {
            scope.Unit.Diagnostics.Report(BindingRules.UnknownType, place, string.Join("::", name.Parts));
        }

        return null;
    }

    /// <summary>Gets the enumeration that integers are read as; null after an error.</summary>
    public static EnumSymbol? FindEnum(Identifier name, TypeSymbol scope)
    {
        string[] parts = name.Text.Split(["::"], StringSplitOptions.None);
        string[] path = [.. parts.Take(parts.Length - 1)];
        return FindEnum(path, parts[parts.Length - 1], isAbsolute: false, scope, name.Span);
    }

    /// <summary>Gets the enumeration of a name or a label; null after an error.</summary>
    public static EnumSymbol? FindEnum(
        IReadOnlyList<string> path, string name, bool isAbsolute, TypeSymbol scope, SourceSpan place)
    {
        EnumSymbol? found = scope.FindEnum(path, name, isAbsolute);
        if (found is null && !scope.Unit.LacksImport)
        {
            scope.Unit.Diagnostics.Report(
                BindingRules.UnknownEnumeration, place, string.Join("::", path.Append(name)));
        }

        return found;
    }

    /// <summary>Gets the values of an enumeration made of <paramref name="type"/>; null after an error.</summary>
    public static DataType? Enumerated(DataType type, Identifier name, TypeSymbol scope)
    {
        EnumSymbol? found = FindEnum(name, scope);
        if (type is IntegerType integer)
        {
            found?.Use(scope, integer.Range);
            return found is null ? null : new EnumType(found.Id, integer);
        }

        scope.Unit.Diagnostics.Report(
            BindingRules.WrongKind, name.Span, "an integer for an enumeration", DataTypes.Describe(type));
        return null;
    }

    /// <summary>
    /// Gets the value of a field, a list when it is repeated; null when it has none. What is wrong with it is reported
    /// where the field itself is bound.
    /// </summary>
    public static DataType? TypeOfField(AttributeSyntax field, TypeSymbol owner)
    {
        DataType? type = field.Type switch
        {
            null => new BytesType(),
            NamedTypeSyntax named => TypeOfNamed(named, field.Enum, owner),
            SwitchTypeSyntax choice => TypeOfSwitch(choice, field, owner),
            InvalidTypeSyntax => null,
            _ => throw Unreachable.Case(field.Type),
        };
        return type is not null && field.Keys.ContainsKey("repeat") ? new ArrayType(type) : type;
    }

    /// <summary>Gets what the values of some cases have in common.</summary>
    public static DataType Common(IEnumerable<DataType> types) =>
        types.Aggregate((DataType?)null, static (common, type) =>
            common is null ? type : DataTypes.Common(common, type) ?? new AnyType()) ?? new AnyType();

    /// <summary>Whether a switch without a default reads bytes when no case fits.</summary>
    public static bool HasFallback(SwitchTypeSyntax choice, AttributeSyntax field) =>
        (field.Keys.ContainsKey("size") || field.SizeToEnd)
        && choice.Cases.All(static item => item.Value is not null);

    private static DataType? TypeOfNamed(NamedTypeSyntax type, Identifier? enumeration, TypeSymbol owner)
    {
        if (!IsBuiltIn(type))
        {
            return owner.FindType(type.Name.Parts, type.Name.IsAbsolute) is { } found
                ? new StructType(found.Id)
                : owner.MetaWith(static meta => meta.AllowsOpaqueTypes) is null
                    ? null
                    : new OpaqueType(type.Name.Parts.ToValueList());
        }

        string name = type.Name.Parts[0];
        if (enumeration is null)
        {
            return BuiltInTypes.Value(name);
        }

        IntegerType? integer = BuiltInTypes.Value(name) as IntegerType
            ?? (BuiltInTypes.Bits(name) is { Width: 1 } ? IntegerType.OfBits(1) : null);
        string[] parts = enumeration.Text.Split(["::"], StringSplitOptions.None);
        EnumSymbol? symbol = owner.FindEnum(
            [.. parts.Take(parts.Length - 1)], parts[parts.Length - 1], isAbsolute: false);
        return integer is null || symbol is null ? null : new EnumType(symbol.Id, integer);
    }

    private static DataType? TypeOfSwitch(SwitchTypeSyntax choice, AttributeSyntax field, TypeSymbol owner)
    {
        List<DataType> types = [];
        foreach (SwitchCaseSyntax item in choice.Cases)
        {
            if (item.Type is not NamedTypeSyntax named || TypeOfNamed(named, field.Enum, owner) is not { } type)
            {
                return null;
            }

            types.Add(type);
        }

        if (HasFallback(choice, field))
        {
            types.Add(new BytesType());
        }

        return Common(types);
    }
}
