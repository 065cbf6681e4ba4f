using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// Works out how a field lies in the input, and that each of its keys has a meaning for it. After an error, which has
/// been reported, it gives null.
/// </summary>
internal sealed class LayoutBinder(BindingSession session)
{
    /// <summary>Keys that say something of bytes only.</summary>
    private static readonly string[] KeysOfBytes = ["size", "size-eos", "pad-right", "process"];

    /// <summary>Binds the layout of a field, or of an element when it is repeated.</summary>
    public Layout? Bind(AttributeSyntax field, ExpressionScope scope)
    {
        Shared shared = new(field, scope);
        shared.Size = field.Size is null ? null : session.Expressions.BindInteger(field.Size, scope);
        bool isBroken = shared.Size is null && field.Keys.ContainsKey("size");
        shared.Process = field.Process is null ? null : BindProcess(field.Process, scope);
        isBroken |= shared.Process is null && field.Keys.ContainsKey("process");
        shared.Parent = BindParent(field, scope);
        isBroken |= shared.Parent is null;
        if (field.EncodingName is { } encoding)
        {
            Encodings.Check(encoding.Text, encoding.Span, scope.Type.Unit.Diagnostics);
        }

        Layout? layout = field.Type switch
        {
            null => BindBytes(shared),
            NamedTypeSyntax named => BindNamed(named, shared, isCase: false),
            SwitchTypeSyntax choice => BindSwitch(choice, shared),
            InvalidTypeSyntax => null,
            _ => throw Unreachable.Case(field.Type),
        };
        return isBroken ? null : layout;
    }

    private static Layout? BindBytes(Shared shared)
    {
        AttributeSyntax field = shared.Field;
        bool isRight = CheckKeys(shared, "bytes", ["encoding", "enum", "parent"], isCase: false);
        if (field.Keys.ContainsKey("contents"))
        {
            return field.Contents is { } contents && isRight
                ? new ContentsLayout(contents.Bytes.ToValueList())
                : null;
        }

        return ExtentOf(shared, null, isRequired: true) is { } extent && isRight
            ? new BytesLayout(extent, shared.Process)
            : null;
    }

    private Layout? BindNamed(NamedTypeSyntax type, Shared shared, bool isCase)
    {
        if (!TypeReferences.IsBuiltIn(type))
        {
            return BindUser(type, shared, isCase);
        }

        string name = type.Name.Parts[0];
        if (name is "str" or "strz")
        {
            return BindString(name, type, shared, isCase);
        }

        bool isRight = CheckKeys(shared, $"the type '{name}'", [.. KeysOfBytes, "encoding", "parent"], isCase);
        if (BuiltInTypes.Float(name, out ByteOrder? floatOrder) is { } number)
        {
            isRight &= CheckKeys(shared, $"the type '{name}'", ["enum"], isCase);
            return OrderOf(floatOrder, name, type, shared) is { } order && isRight
                ? new FloatLayout(number.Width, order)
                : null;
        }

        EnumSymbol? symbol = shared.Field.Enum is null
            ? null
            : TypeReferences.FindEnum(shared.Field.Enum, shared.Scope.Type);
        isRight &= symbol is not null || !shared.Field.Keys.ContainsKey("enum");
        if (BuiltInTypes.Integer(name, out ByteOrder? stated) is { } integer)
        {
            symbol?.Use(shared.Scope.Type, integer.Range);
            return OrderOf(stated, name, type, shared) is { } order && isRight
                ? new IntegerLayout(integer.Width, integer.IsSigned, order, symbol?.Id)
                : null;
        }

        (int width, BitOrder? bitOrder) = BuiltInTypes.Bits(name)!.Value;
        if (width is < 1 or > 64)
        {
            Report(shared, BindingRules.BitWidth, type.Span, name);
            return null;
        }

        symbol?.Use(shared.Scope.Type, IntegerType.OfBits(width).Range);
        bitOrder ??= shared.Scope.Type.MetaWith(static meta => meta.BitEndian is not null)?.BitEndian
            == Endianness.Little
                ? BitOrder.Little
                : BitOrder.Big;
        return isRight
            ? new BitsLayout(width, bitOrder.Value, width == 1 && symbol is null, symbol?.Id)
            : null;
    }

    private static StringLayout? BindString(string name, NamedTypeSyntax type, Shared shared, bool isCase)
    {
        bool isRight = CheckKeys(shared, "a string", ["enum", "parent"], isCase);
        string? encoding = shared.Field.Encoding
            ?? shared.Scope.Type.MetaWith(static meta => meta.Encoding is not null)?.Encoding;
        if (encoding is null)
        {
            if (!shared.Field.Keys.ContainsKey("encoding"))
            {
                Report(shared, BindingRules.NoEncoding, type.Span);
            }

            return null;
        }

        encoding = Encodings.Find(encoding);
        byte[]? zeros = name == "strz" ? new byte[Encodings.UnitSize(encoding)] : null;
        return ExtentOf(shared, zeros, isRequired: true) is { } extent && isRight
            ? new StringLayout(extent, shared.Process, encoding)
            : null;
    }

    private Layout? BindUser(NamedTypeSyntax type, Shared shared, bool isCase)
    {
        string name = string.Join("::", type.Name.Parts);
        bool isRight = CheckKeys(shared, $"the type '{name}'", ["encoding", "enum"], isCase);
        DataType? found = TypeReferences.ResolveUser(type.Name, shared.Scope.Type, type.Name.Span);
        BoundExpression?[] arguments =
            [.. type.Arguments.Select(argument => session.Expressions.Bind(argument, shared.Scope))];
        Extent? extent = ExtentOf(shared, null, isRequired: false);
        if (extent is null && shared.Field.Keys.ContainsKey("process"))
        {
            Report(
                shared,
                KsyRules.KeyNeedsOther,
                shared.Field.Keys["process"],
                "'process' of an object",
                "'size', 'size-eos' or 'terminator'");
            isRight = false;
        }

        if (found is StructType item)
        {
            isRight &= CheckArguments(session.Type(item.Id), type, arguments, shared);
        }

        if (found is null
            || !isRight
            || shared.Parent is not { } parent
            || !Array.TrueForAll(arguments, static argument => argument is not null))
        {
            return null;
        }

        ValueList<BoundExpression> given = arguments.Select(static argument => argument!).ToValueList();
        return found switch
        {
            StructType known => new StructLayout(known.Id, given, extent, shared.Process, parent),
            OpaqueType opaque => new OpaqueLayout(opaque.Name, given, extent, shared.Process),
            _ => throw Unreachable.Case(found),
        };
    }

    private bool CheckArguments(
        TypeSymbol type, NamedTypeSyntax reference, BoundExpression?[] arguments, Shared shared)
    {
        if (arguments.Length != type.Parameters.Count)
        {
            Report(
                shared,
                BindingRules.ArgumentCount,
                reference.Span,
                type.Id.Name,
                type.Parameters.Count,
                arguments.Length);
            return false;
        }

        bool isRight = true;
        for (int i = 0; i < arguments.Length; i++)
        {
            ParameterSymbol parameter = type.Parameters[i];
            if (arguments[i] is { } argument
                && session.TypeOf(parameter, shared.Scope.Type.Unit, argument.Span) is { } wanted
                && !DataTypes.IsAssignable(argument.Type, wanted))
            {
                Report(
                    shared,
                    BindingRules.ArgumentType,
                    argument.Span,
                    parameter.Name,
                    DataTypes.Describe(wanted),
                    DataTypes.Describe(argument.Type));
                isRight = false;
            }
        }

        return isRight;
    }

    private SwitchLayout? BindSwitch(SwitchTypeSyntax choice, Shared shared)
    {
        BoundExpression? on = session.Expressions.Bind(choice.On, shared.Scope);
        List<SwitchCase> cases = [];
        foreach (SwitchCaseSyntax item in choice.Cases)
        {
            BoundExpression? value = item.Value is null
                ? null
                : session.Expressions.Bind(item.Value, shared.Scope with { SwitchValue = on?.Type });
            bool isRight = value is not null || item.Value is null;
            if (value is not null && on is not null)
            {
                isRight = ExpressionBinder.IsComparable(
                    BinaryOperator.Equal, on.Type, value.Type, item.Span, shared.Scope);
            }

            NamedTypeSyntax? named = item.Type as NamedTypeSyntax;
            Layout? layout = named is null ? null : BindNamed(named, shared, isCase: true);
            if (layout is not null && isRight)
            {
                cases.Add(new SwitchCase(value, layout, item.Span) { TypeName = named!.Name.Parts[named.Name.Parts.Count - 1] });
            }
        }

        BytesLayout? fallback = null;
        if (TypeReferences.HasFallback(choice, shared.Field))
        {
            Extent? extent = ExtentOf(shared, null, isRequired: true);
            fallback = extent is null ? null : new BytesLayout(extent, shared.Process);
        }

        if (on is null || cases.Count != choice.Cases.Count)
        {
            return null;
        }

        IEnumerable<DataType> types = cases.Select(static item => item.Layout.Type);
        return new SwitchLayout(
            on,
            cases.OrderBy(static item => item.Value is null).ToValueList(),
            fallback,
            TypeReferences.Common(fallback is null ? types : types.Append(fallback.Type)));
    }

    private Process? BindProcess(ProcessSyntax process, ExpressionScope scope)
    {
        string name = string.Join(".", process.Name);
        BoundExpression?[] bound =
            [.. (process.Arguments ?? []).Select(argument => session.Expressions.Bind(argument, scope))];
        if (!Array.TrueForAll(bound, static argument => argument is not null))
        {
            return null;
        }

        BoundExpression[] arguments = bound!;
        switch (name)
        {
            case "xor" when arguments is [{ Type: IntegerType or BytesType } key]:
                return new XorProcess(key);
            case "xor" when arguments is [{ Type: ArrayType { Element: IntegerType } } key]:
                return new XorProcess(new CastOperation(key, new BytesType(), key.Span));
            case "rol" or "ror" when arguments is [{ Type: IntegerType } amount]:
                return new RotateProcess(amount, name == "rol");
            case "zlib" when process.Arguments is null:
                return new ZlibProcess();
            case "xor" or "rol" or "ror" or "zlib":
                string takes = name switch
                {
                    "xor" => "an integer or bytes",
                    "zlib" => "no arguments",
                    _ => "an integer",
                };
                scope.Type.Unit.Diagnostics.Report(BindingRules.WrongArguments, process.Span, name, takes);
                return null;
            default:
                return new CustomProcess(process.Name.ToValueList(), arguments.ToValueList());
        }
    }

    private ParentLink? BindParent(AttributeSyntax field, ExpressionScope scope)
    {
        if (field.Parent is null)
        {
            return field.Keys.ContainsKey("parent") ? null : ParentLink.This;
        }

        if (field.Parent.Value is null)
        {
            return ParentLink.None;
        }

        return session.ParentValue(field.Parent, scope.Type, scope.HasIndex) is { } value
            ? new ParentLink(ParentKind.Expression, value)
            : null;
    }

    /// <summary>Gets where bytes end; null when nothing says so, which is reported if it must.</summary>
    private static Extent? ExtentOf(Shared shared, byte[]? defaultTerminator, bool isRequired)
    {
        AttributeSyntax field = shared.Field;
        IReadOnlyList<byte>? bytes = field.Terminator?.Bytes
            ?? (field.Keys.ContainsKey("terminator") ? null : defaultTerminator);
        Terminator? terminator = bytes is null
            ? null
            : new Terminator(bytes.ToValueList(), field.Include, field.Consume, field.EosError);
        if (shared.Size is { } size)
        {
            return new SizedExtent(size, terminator, field.PadRight);
        }

        if (field.SizeToEnd)
        {
            return new ToEndExtent(terminator, field.PadRight);
        }

        if (terminator is not null)
        {
            return new TerminatedExtent(terminator);
        }

        if (isRequired && !field.Keys.ContainsKey("size") && !field.Keys.ContainsKey("terminator"))
        {
            Report(shared, BindingRules.UnboundedBytes, field.Type?.Span ?? field.Span);
        }

        return null;
    }

    private static ByteOrder? OrderOf(ByteOrder? stated, string name, NamedTypeSyntax type, Shared shared)
    {
        if (stated is not null)
        {
            return stated;
        }

        MetaSyntax? meta = shared.Scope.Type.MetaWith(static meta => meta.HasEndian);
        switch (meta)
        {
            case null:
                Report(shared, BindingRules.NoEndianness, type.Span, name);
                return null;
            case { Endian: { } order }:
                return order == Endianness.Little ? ByteOrder.Little : ByteOrder.Big;
            default:
                return ByteOrder.Computed;
        }
    }

    /// <summary>Reports those of some keys that are there; the cases of a switch share the keys of the field.</summary>
    private static bool CheckKeys(Shared shared, string what, string[] senseless, bool isCase)
    {
        if (isCase)
        {
            return true;
        }

        bool isRight = true;
        foreach (string key in senseless.Where(shared.Field.Keys.ContainsKey))
        {
            Report(shared, BindingRules.KeyNotForType, shared.Field.Keys[key], key, what);
            isRight = false;
        }

        return isRight;
    }

    private static void Report(Shared shared, KsyRule rule, SourceSpan place, params object[] arguments) =>
        shared.Scope.Type.Unit.Diagnostics.Report(rule, place, arguments);

    /// <summary>What the cases of a field have in common.</summary>
    private sealed class Shared(AttributeSyntax field, ExpressionScope scope)
    {
        public AttributeSyntax Field { get; } = field;

        public ExpressionScope Scope { get; } = scope;

        public BoundExpression? Size { get; set; }

        public Process? Process { get; set; }

        public ParentLink? Parent { get; set; }
    }
}
