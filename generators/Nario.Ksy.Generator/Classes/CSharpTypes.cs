using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>The C# types of values.</summary>
internal sealed class CSharpTypes(ClassNames names)
{
    public const string List = "global::System.Collections.Generic.List";

    private const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";

    public static string Integer(IntegerType type) => type.Width switch
    {
        1 => type.IsSigned ? "sbyte" : "byte",
        2 => type.IsSigned ? "short" : "ushort",
        4 => type.IsSigned ? "int" : "uint",
        8 => type.IsSigned ? "long" : "ulong",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public string Of(DataType type) => type switch
    {
        IntegerType integer => Integer(integer),
        FloatType { Width: 4 } => "float",
        FloatType => "double",
        BooleanType => "bool",
        BytesType => "byte[]",
        StringType => "string",
        EnumType item => names.Enum(item.Id),
        StructType item => names.Type(item.Id),
        OpaqueType item => ClassNames.Foreign(item.Name),
        AnyStructType => "KsyObject",
        AnyType => "object",
        ArrayType array => $"{ReadOnlyList}<{Of(array.Element)}>",
        IoType => "KsyInput",
        _ => throw new InvalidOperationException($"No C# type for {type.GetType().Name}."),
    };

    /// <summary>Gets the type of what a layout reads.</summary>
    public string Of(Layout layout) => IsForeign(layout) ? "object" : Of(layout.Type);

    /// <summary>Gets the type of a field, without the mark that it can be absent.</summary>
    public string Of(Field field) =>
        field.Repeat is null ? Of(field.Layout) : $"{ReadOnlyList}<{Of(field.Layout)}>";

    /// <summary>Gets whether C# holds a value of a type without an object of its own.</summary>
    public static bool IsValueType(DataType type) => type is IntegerType or FloatType or BooleanType or EnumType;

    /// <summary>Gets whether a field can be an object of a type that the program has, or one of ours.</summary>
    public static bool IsForeign(Layout layout) =>
        layout is SwitchLayout { Common: AnyStructType } choice && choice.Cases.Any(item =>
            item.Layout is OpaqueLayout);
}
