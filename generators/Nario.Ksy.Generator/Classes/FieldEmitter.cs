using System.Globalization;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes the statements that read a field.</summary>
internal sealed class FieldEmitter(
    ClassUnit unit, ClassShape shape, SourceWriter writer, NameScope locals, Code? root = null)
{
    private const string Io = ClassShape.Input;

    /// <summary>Gets the bytes of a field that is always the same, so that no object needs to hold them.</summary>
    public static IReadOnlyList<byte>? ConstantOf(Field field) =>
        field is { Layout: ContentsLayout contents, Repeat: null, Condition: null } ? contents.Bytes : null;

    /// <summary>Gets whether the value that a property has before it is read is one of its type.</summary>
    public static bool IsAutomatic(Field field) => field.Repeat is null && CSharpTypes.IsValueType(field.Layout.Type);

    /// <summary>Writes the reading of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="target">What its value is assigned to; null when it is kept nowhere.</param>
    public void Emit(Field field, string? target)
    {
        ExpressionContext context = new(shape.Type, shape.Path(field.Name), Root: root);
        if (field.Condition is null)
        {
            EmitPresent(field, target, context);
            return;
        }

        using (writer.Block($"if ({new ExpressionEmitter(unit, context).Emit(field.Condition)})"))
        {
            EmitPresent(field, target, context);
        }
    }

    private void EmitPresent(Field field, string? target, ExpressionContext context)
    {
        if (field.Repeat is not null)
        {
            EmitList(field, field.Repeat, target, context);
            return;
        }

        string? start = EmitStart(field);
        string? value = null;
        EmitLayout(
            field.Layout,
            context,
            code =>
            {
                if (field.Valid is not null && field.Layout is not SwitchLayout)
                {
                    value = locals.Claim("value");
                    writer.Line($"{unit.Types.Of(field.Layout)} {value} = {code};");
                    code = Code.Primary(value);
                }

                if (target is not null)
                {
                    writer.Line($"{target} = {code};");
                }
                else if (value is null)
                {
                    writer.Line($"_ = {code};");
                }
            },
            isKept: target is not null || field.Valid is not null);
        if (field.Valid is not null)
        {
            Code item = value is not null ? Code.Primary(value)
                : IsAutomatic(field) && !field.IsOptional ? Code.Primary(target!)
                : Code.Call("KsyValue.Of", Code.Primary(target!), context.PathLiteral);
            EmitValidation(field, context with { Item = item }, start!);
        }
    }

    private void EmitList(Field field, Repetition repeat, string? target, ExpressionContext context)
    {
        string element = unit.Types.Of(field.Layout);
        string list = locals.Claim("list");
        string index = locals.Claim("index");
        string head;
        Code made;
        switch (repeat)
        {
            case RepeatedCount counted:
                string count = locals.Claim("count");
                writer.Line($"long {count} = {new ExpressionEmitter(unit, context).EmitSize(counted.Count)};");
                head = $"for (int {index} = 0; {index} < {count}; {index}++)";
                made = Code.Call($"{Io}.NewList<{element}>", Code.Primary(count));
                break;
            case RepeatedToEnd:
                made = unit.FixedSize(field.Layout) is { } size
                    ? Code.Call($"{Io}.NewListToEnd<{element}>",
                        Code.Primary(size.ToString(CultureInfo.InvariantCulture)))
                    : Code.Primary("new()");
                head = $"for (int {index} = 0; !{Io}.IsAtEnd; {index}++)";
                break;
            case RepeatedUntil:
                made = Code.Primary("new()");
                head = $"for (int {index} = 0; ; {index}++)";
                break;
            default:
                throw new InvalidOperationException($"No loop for {repeat.GetType().Name}.");
        }

        writer.Line($"{CSharpTypes.List}<{element}> {list} = {made};");
        if (target is not null)
        {
            writer.Line($"{target} = {list};");
        }

        using (writer.Block(head))
        {
            context = context with { Index = index };
            EmitElement(field, list, context);
            if (repeat is RepeatedUntil until)
            {
                Code last = Code.Call("KsyValue.Last", Code.Primary(list), context.PathLiteral);
                ExpressionEmitter expressions = new(unit, context with { Item = last });
                using (writer.Block($"if ({expressions.Emit(until.Condition)})"))
                {
                    writer.Line("break;");
                }
            }
        }
    }

    private void EmitElement(Field field, string list, ExpressionContext context)
    {
        string? mark = null;
        if (CanBeEmpty(field.Layout))
        {
            mark = locals.Claim("mark");
            writer.Line($"long {mark} = {Io}.BitPosition;");
        }

        string? start = EmitStart(field);
        EmitLayout(field.Layout, context, code => writer.Line($"{list}.Add({code});"), isKept: true, isEarly: false);
        if (mark is not null)
        {
            writer.Line($"{Io}.CheckProgress({mark}, {context.PathLiteral});");
        }

        if (field.Valid is not null)
        {
            Code last = Code.Call("KsyValue.Last", Code.Primary(list), context.PathLiteral);
            EmitValidation(field, context with { Item = last }, start!);
        }
    }

    private string? EmitStart(Field field)
    {
        if (field.Valid is null)
        {
            return null;
        }

        string start = locals.Claim("start");
        writer.Line($"long {start} = {Io}.Position;");
        return start;
    }

    private void EmitValidation(Field field, ExpressionContext context, string start) =>
        new ValidationEmitter(unit, context, writer).Emit(field.Valid!, field.Layout.Type, Code.Primary(start));

    /// <summary>Writes the reading of one value.</summary>
    /// <param name="layout">How it lies in the input.</param>
    /// <param name="context">What its expressions stand in.</param>
    /// <param name="store">Writes what is done with the value.</param>
    /// <param name="isKept">Whether the value is used.</param>
    /// <param name="isEarly">Whether an object is stored before it is read, so that what of it can be read is
    /// there.</param>
    private void EmitLayout(
        Layout layout, ExpressionContext context, Action<Code> store, bool isKept, bool isEarly = true)
    {
        Code path = context.PathLiteral;
        switch (layout)
        {
            case IntegerLayout item:
                Code number = Number(item.IsSigned ? "S" : "U", item.Width, item.Order, path);
                store(item.Enum is null ? number : Code.Cast(unit.Types.Of(item.Type), number));
                break;
            case FloatLayout item:
                store(Number("F", item.Width, item.Order, path));
                break;
            case BitsLayout item:
                store(Bits(item, path));
                break;
            case ContentsLayout item:
                writer.Line($"{Io}.ReadContents({Constants.Span(item.Bytes)}, {path});");
                if (isKept)
                {
                    store(Constants.Bytes(item.Bytes));
                }

                break;
            case BytesLayout item:
                store(Bytes(item.Extent, item.Process, context));
                break;
            case StringLayout item:
                store(Text(item, context));
                break;
            case StructLayout item:
                EmitObject(item, context, store, isEarly);
                break;
            case OpaqueLayout item:
                ExpressionEmitter expressions = new(unit, context);
                Code[] arguments = [Stream(item.Extent, item.Process, context),
                    .. item.Arguments.Select(expressions.EmitForeign)];
                store(Code.Call($"{ClassNames.Foreign(item.Name)}.FromInput", arguments));
                break;
            case SwitchLayout item:
                EmitSwitch(item, context, store, isKept, isEarly);
                break;
            default:
                throw new InvalidOperationException($"No C# for {layout.GetType().Name}.");
        }
    }

    private static Code Number(string kind, int width, ByteOrder order, Code path)
    {
        string method = $"{Io}.Read{kind}{width.ToString(CultureInfo.InvariantCulture)}";
        return order switch
        {
            ByteOrder.None => Code.Call(method, path),
            ByteOrder.Little => Code.Call($"{method}Le", path),
            ByteOrder.Big => Code.Call($"{method}Be", path),
            ByteOrder.Computed => Code.Call(method, Code.Primary(ClassShape.OrderProperty), path),
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
    }

    private Code Bits(BitsLayout layout, Code path)
    {
        Code bits = Code.Call(
            $"{Io}.ReadBits{(layout.Order == BitOrder.Little ? "Le" : "Be")}",
            Code.Primary(layout.Width.ToString(CultureInfo.InvariantCulture)),
            path);
        return layout.IsBoolean
            ? Code.Binary("!=", Precedence.Equality, bits, Code.Primary("0"))
            : Code.Cast(unit.Types.Of(layout.Type), bits);
    }

    private Code Text(StringLayout layout, ExpressionContext context)
    {
        Code path = context.PathLiteral;
        Code encoding = Encodings.Of(layout.Encoding, path);
        if (layout.Process is not null)
        {
            return Code.Call($"{encoding}.GetString", Bytes(layout.Extent, layout.Process, context));
        }

        return layout.Extent switch
        {
            SizedExtent sized => Code.Call(
                $"{Io}.ReadString",
                [new ExpressionEmitter(unit, context).EmitSize(sized.Size), .. Trimming(sized.Padding,
                    sized.Terminator), encoding, path]),
            ToEndExtent rest =>
                Code.Call($"{Io}.ReadStringToEnd", [.. Trimming(rest.Padding, rest.Terminator), encoding, path]),
            TerminatedExtent ended =>
                Code.Call($"{Io}.ReadTerminatedString", [.. Ending(ended.Terminator), encoding, path]),
            _ => throw new InvalidOperationException($"No C# for {layout.Extent.GetType().Name}."),
        };
    }

    private Code Bytes(Extent extent, Process? process, ExpressionContext context)
    {
        Code path = context.PathLiteral;
        Code bytes = extent switch
        {
            SizedExtent sized => Code.Call(
                $"{Io}.ReadBytes",
                [new ExpressionEmitter(unit, context).EmitSize(sized.Size), .. Trimming(sized.Padding,
                    sized.Terminator), path]),
            ToEndExtent rest => Code.Call($"{Io}.ReadBytesToEnd", [.. Trimming(rest.Padding, rest.Terminator), path]),
            TerminatedExtent ended => Code.Call($"{Io}.ReadTerminated", [.. Ending(ended.Terminator), path]),
            _ => throw new InvalidOperationException($"No C# for {extent.GetType().Name}."),
        };
        return process is null ? bytes : Processed(process, bytes, context);
    }

    private Code Processed(Process process, Code bytes, ExpressionContext context)
    {
        ExpressionEmitter expressions = new(unit, context);
        return process switch
        {
            XorProcess xor => Code.Call(
                "KsyProcess.Xor", bytes, xor.Key.Type is BytesType
                    ? expressions.Emit(xor.Key) : expressions.EmitSize(xor.Key)),
            RotateProcess rotate => Code.Call(
                $"KsyProcess.{(rotate.IsLeft ? "RotateLeft" : "RotateRight")}", bytes,
                    expressions.EmitSize(rotate.Amount)),
            ZlibProcess => Code.Call("KsyProcess.Inflate", bytes, context.PathLiteral),
            CustomProcess custom => Code.Call(
                "KsyProcess.Decode",
                bytes,
                Code.New(ClassNames.Foreign(custom.Name), custom.Arguments.Select(expressions.EmitForeign))),
            _ => throw new InvalidOperationException($"No C# for {process.GetType().Name}."),
        };
    }

    /// <summary>
    /// Writes what the reading of bytes with padding or an end inside takes; nothing where there is neither.
    /// </summary>
    private static IEnumerable<Code> Trimming(byte? padding, Terminator? terminator) =>
        padding is null && terminator is null
            ? []
            :
            [
                Code.Primary(padding?.ToString(CultureInfo.InvariantCulture) ?? "-1"),
                Constants.Span(terminator?.Bytes),
                Flag(terminator?.Include ?? false),
            ];

    private static IEnumerable<Code> Ending(Terminator terminator) =>
    [
        Constants.Span(terminator.Bytes), Flag(terminator.Include), Flag(terminator.Consume), Flag(terminator.EosError),
    ];

    private static Code Flag(bool value) => Code.Primary(value ? "true" : "false");

    /// <summary>Writes the stream that an object is read from.</summary>
    private Code Stream(Extent? extent, Process? process, ExpressionContext context)
    {
        Code path = context.PathLiteral;
        switch (extent)
        {
            case null:
                return Code.Primary(Io);
            case SizedExtent { Padding: null, Terminator: null } sized when process is null:
                return Code.Call($"{Io}.Substream", new ExpressionEmitter(unit, context).EmitSize(sized.Size), path);
            case ToEndExtent { Padding: null, Terminator: null } when process is null:
                return Code.Call($"{Io}.SubstreamToEnd", path);
            default:
                // The arguments are evaluated from left to right, so the position is the one before the bytes.
                return Code.Call(
                    $"{Io}.Derived", Code.Primary($"{Io}.Position"), Bytes(extent, process, context));
        }
    }

    private void EmitObject(StructLayout layout, ExpressionContext context, Action<Code> store, bool isEarly)
    {
        TypeModel type = unit.Model.Type(layout.Id);
        ClassShape other = new(unit, type);
        ExpressionEmitter expressions = new(unit, context);
        bool isSameSpecification = layout.Id.Spec == shape.Type.Id.Spec;
        Code parent = layout.Parent.Kind switch
        {
            ParentKind.This => Code.Primary("this"),
            ParentKind.None => Code.Primary("null"),
            ParentKind.Expression => expressions.Emit(layout.Parent.Expression!),
            _ => throw new ArgumentOutOfRangeException(nameof(layout)),
        };
        Code stream = Stream(layout.Extent, layout.Process, context);
        if (layout.Extent is not null)
        {
            string part = locals.Claim("part");
            writer.Line($"KsyInput {part} = {stream};");
            stream = Code.Primary(part);
        }

        Code handedOn = isSameSpecification ? root ?? Code.Primary(ClassShape.RootProperty) : Code.Primary("null");
        Code made = Code.New(
            "",
            other.ConstructorArguments(
                stream,
                parent,
                handedOn,
                Code.Primary(shape.HasOrder ? ClassShape.OrderProperty : "KsyByteOrder.Undecided"),
                layout.Arguments.Zip(
                    type.Parameters, (argument, parameter) => expressions.Emit(argument, parameter.Type))));
        string item = locals.Claim("item");

        // The outermost object of another specification is its own root.
        string reading = other.ReadArguments(
            stream, !isSameSpecification && layout.Id.IsTopLevel ? Code.Primary(item) : handedOn);
        writer.Line($"{other.Name} {item} = {made};");
        if (isEarly)
        {
            store(Code.Primary(item));
        }

        if (isEarly)
        {
            writer.Line($"{item}.{ClassShape.ReadMethod}({reading});");
            return;
        }

        // What was read of it is kept when the rest cannot be read.
        using (writer.Block("try"))
        {
            writer.Line($"{item}.{ClassShape.ReadMethod}({reading});");
        }

        using (writer.Block("finally"))
        {
            store(Code.Primary(item));
        }
    }

    private void EmitSwitch(
        SwitchLayout layout, ExpressionContext context, Action<Code> store, bool isKept, bool isEarly)
    {
        string choice = locals.Claim("on");
        writer.Line(
            $"{unit.Types.Of(layout.On.Type)} {choice} = {new ExpressionEmitter(unit, context).Emit(layout.On)};");
        ExpressionContext inside = context with { Choice = choice };
        ExpressionEmitter expressions = new(unit, inside);
        bool isFirst = true;
        foreach (SwitchCase item in layout.Cases.Where(item => item.Value is not null))
        {
            string word = isFirst ? "if" : "else if";
            using (writer.Block($"{word} ({expressions.IsCase(layout.On, item.Value!)})"))
            {
                EmitCase(item.Layout);
            }

            isFirst = false;
        }

        Layout? otherwise = layout.Cases.FirstOrDefault(item => item.Value is null)?.Layout ?? layout.Fallback;
        if (otherwise is not null)
        {
            using (writer.Block(isFirst ? null : "else"))
            {
                EmitCase(otherwise);
            }
        }

        void EmitCase(Layout chosen) => EmitLayout(
            chosen,
            inside,
            code => store(expressions.Convert(code, chosen.Type, layout.Common)),
            isKept,
            isEarly);
    }

    /// <summary>Gets whether a value can take nothing from the input.</summary>
    private static bool CanBeEmpty(Layout layout) => layout switch
    {
        IntegerLayout or FloatLayout or BitsLayout => false,
        ContentsLayout contents => contents.Bytes.Count == 0,
        BytesLayout or StringLayout or StructLayout or OpaqueLayout or SwitchLayout => true,
        _ => throw new InvalidOperationException($"No size for {layout.GetType().Name}."),
    };
}
