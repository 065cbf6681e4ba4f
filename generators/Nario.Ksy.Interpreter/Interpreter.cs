using System.Text;
using Nario.Ksy.Model;
using Nario.Ksy.Runtime;

namespace Nario.Ksy.Interpretation;

/// <summary>Reads inputs by a specification, without code being generated for it.</summary>
public sealed class Interpreter(SpecModel model, InterpreterOptions? options = null)
{
    private readonly InterpreterOptions _options = options ?? InterpreterOptions.None;

    /// <summary>The specification.</summary>
    public SpecModel Model { get; } = model;

    /// <summary>Reads an input.</summary>
    /// <param name="input">The input, from its position on.</param>
    /// <param name="arguments">One for each parameter of the specification.</param>
    /// <exception cref="KsyFormatException">The input is not what the specification says.</exception>
    public ParsedObject Read(KsyInput input, params object?[] arguments)
    {
        ParsedObject result = Read(input, out KsyFormatException? error, arguments);
        return error is null ? result : throw error;
    }

    /// <summary>Reads what can be read of an input, and gives the error that ended it, or null.</summary>
    public ParsedObject Read(KsyInput input, out KsyFormatException? error, params object?[] arguments)
    {
        ParsedObject result = Make(Model.Main.Root, input, null, null, KsyByteOrder.Undecided, arguments);
        error = null;
        try
        {
            Read(result);
        }
        catch (KsyFormatException exception)
        {
            error = exception;
        }

        return result;
    }

    /// <summary>Gives an object as text, where its type says how; else null.</summary>
    public static string? ToText(ParsedObject item) =>
        item.Type.Text is { } text ? new Evaluation(item, item.Path("to-string")).Text(text) : null;

    internal EnumModel Enum(EnumId id) => Model.Enum(id);

    /// <summary>Computes or reads an instance.</summary>
    internal object? Evaluate(ParsedObject self, Instance instance)
    {
        string path = self.Path(instance.Name);
        Evaluation evaluation = new(self, path);
        self.KsyIo.Enter(path);
        try
        {
            return instance switch
            {
                ValueInstance value => value.Condition is null || evaluation.Condition(value.Condition)
                    ? evaluation.Optional(value.Value)
                    : null,
                ParsedInstance parsed => Evaluate(self, parsed, evaluation),
                _ => throw new InvalidOperationException($"No value of {instance.GetType().Name}."),
            };
        }
        finally
        {
            self.KsyIo.Leave();
        }
    }

    private object? Evaluate(ParsedObject self, ParsedInstance instance, Evaluation evaluation)
    {
        if (instance.Field.Condition is { } condition && !evaluation.Condition(condition))
        {
            return null;
        }

        KsyInput io = instance.Io is null
            ? self.KsyIo
            : KsyValue.As<KsyInput>(evaluation.Value(instance.Io), evaluation.Path);
        object? value = null;
        if (instance.Position is null)
        {
            Read(self, instance.Field, io, evaluation, found => value = found);
            return value;
        }

        long position = evaluation.Size(instance.Position);
        KsyMark before = io.Mark();
        try
        {
            io.Seek(position, evaluation.Path);
            Read(self, instance.Field, io, evaluation, found => value = found);
            return value;
        }
        finally
        {
            io.Return(before);
        }
    }

    private ParsedObject Make(
        TypeModel type,
        KsyInput io,
        ParsedObject? parent,
        ParsedObject? root,
        KsyByteOrder order,
        IReadOnlyList<object?> arguments)
    {
        ParsedObject result = new(this, type, io, parent, root, order);
        foreach ((Parameter parameter, object? argument) in type.Parameters.Zip(arguments))
        {
            result.Set(parameter.Name, new Evaluation(result, result.Path(parameter.Name)).Convert(argument,
                parameter.Type));
        }

        return result;
    }

    private void Read(ParsedObject self)
    {
        KsyInput io = self.KsyIo;
        string path = self.Type.Id.ToString();
        io.Enter(path);
        try
        {
            if (self.Type.Endianness is SwitchedEndianness order)
            {
                Evaluation evaluation = new(self, self.Path("endian"));
                object? choice = evaluation.Value(order.On);
                evaluation.Choice = choice;
                EndiannessCase? found = order.Cases.FirstOrDefault(
                    item => item.Value is null || evaluation.IsCase(choice, item.Value));
                self.Order = found is null ? KsyByteOrder.Undecided
                    : found.Order == ByteOrder.Little ? KsyByteOrder.Little
                    : KsyByteOrder.Big;
            }

            foreach (Field field in self.Type.Fields)
            {
                Evaluation evaluation = new(self, self.Path(field.Name));
                if (field.Condition is not null && !evaluation.Condition(field.Condition))
                {
                    self.Set(field.Name, null);
                    continue;
                }

                bool isAbsent = true;
                Read(
                    self,
                    field,
                    io,
                    evaluation,
                    value =>
                    {
                        isAbsent = false;
                        self.Set(field.Name, value);
                    });
                if (isAbsent)
                {
                    self.Set(field.Name, null);
                }
            }
        }
        finally
        {
            io.Leave();
        }
    }

    private void Read(
        ParsedObject self, Field field, KsyInput io, Evaluation evaluation, Action<object?> store)
    {
        if (field.Repeat is null)
        {
            long start = io.Position;
            object? value = null;
            Read(
                self,
                field.Layout,
                io,
                evaluation,
                found =>
                {
                    value = found;
                    store(found);
                },
                isEarly: true);
            Check(field, value, io, start, evaluation);
            return;
        }

        List<object?> list = [];
        store(list);
        long count = field.Repeat is RepeatedCount counted ? evaluation.Size(counted.Count) : long.MaxValue;
        for (int index = 0; index < count && !(field.Repeat is RepeatedToEnd && io.IsAtEnd); index++)
        {
            evaluation.Index = index;
            long mark = io.BitPosition;
            long start = io.Position;
            object? value = null;
            Read(
                self,
                field.Layout,
                io,
                evaluation,
                found =>
                {
                    value = found;
                    list.Add(found);
                },
                isEarly: false);
            io.CheckProgress(mark, evaluation.Path);
            Check(field, value, io, start, evaluation);
            evaluation.Item = value;
            if (field.Repeat is RepeatedUntil until && evaluation.Condition(until.Condition))
            {
                break;
            }
        }
    }

    private void Read(
        ParsedObject self, Layout layout, KsyInput io, Evaluation evaluation, Action<object?> store, bool isEarly)
    {
        string path = evaluation.Path;
        switch (layout)
        {
            case IntegerLayout item:
                Int128 number = Numbers.Integer(io, item, Order(item.Order, self), path);
                store(item.Enum is null ? number : evaluation.Labelled(number, item.Enum));
                break;
            case FloatLayout item:
                store(Numbers.Float(io, item, Order(item.Order, self), path));
                break;
            case BitsLayout item:
                Int128 bits = item.Order == BitOrder.Little
                    ? io.ReadBitsLe(item.Width, path)
                    : io.ReadBitsBe(item.Width, path);
                store(item.IsBoolean ? bits != 0 : item.Enum is null ? bits : evaluation.Labelled(bits, item.Enum));
                break;
            case ContentsLayout item:
                io.ReadContents(item.Bytes.ToArray(), path);
                store(item.Bytes.ToArray());
                break;
            case BytesLayout item:
                store(Bytes(io, item.Extent, item.Process, evaluation));
                break;
            case StringLayout item:
                Encoding encoding = KsyText.EncodingOf(item.Encoding, path);
                store(encoding.GetString(Bytes(io, item.Extent, item.Process, evaluation)));
                break;
            case StructLayout item:
                ReadObject(self, item, io, evaluation, store, isEarly);
                break;
            case OpaqueLayout item:
                string name = string.Join("::", item.Name);
                SpecModel opaque = _options.OpaqueType(name)
                    ?? throw KsyErrors.Create(KsyErrorKind.Unsupported, 0, path, "a type that is known", name);
                store(new Interpreter(opaque, _options).Read(
                    Stream(io, item.Extent, item.Process, evaluation), [.. item.Arguments.Select(evaluation.Value)]));
                break;
            case SwitchLayout item:
                object? choice = evaluation.Value(item.On);
                evaluation.Choice = choice;
                SwitchCase? chosen = item.Cases.FirstOrDefault(
                    option => option.Value is null || evaluation.IsCase(choice, option.Value));
                if ((chosen?.Layout ?? item.Fallback) is { } found)
                {
                    Read(self, found, io, evaluation, store, isEarly);
                }

                break;
            default:
                throw new InvalidOperationException($"No reading of {layout.GetType().Name}.");
        }
    }

    private void ReadObject(
        ParsedObject self,
        StructLayout layout,
        KsyInput io,
        Evaluation evaluation,
        Action<object?> store,
        bool isEarly)
    {
        ParsedObject? parent = layout.Parent.Kind switch
        {
            ParentKind.This => self,
            ParentKind.None => null,
            ParentKind.Expression => KsyValue.As<ParsedObject>(
                evaluation.Value(layout.Parent.Expression!), evaluation.Path),
            _ => throw new ArgumentOutOfRangeException(nameof(layout)),
        };
        TypeModel type = Model.Type(layout.Id);
        ParsedObject item = Make(
            type,
            Stream(io, layout.Extent, layout.Process, evaluation),
            parent,
            layout.Id.Spec == self.Type.Id.Spec ? self.Root : null,
            type.Endianness is InheritedEndianness ? self.Order : KsyByteOrder.Undecided,
            [.. layout.Arguments.Select(evaluation.Value)]);
        if (isEarly)
        {
            store(item);
        }

        try
        {
            Read(item);
        }
        finally
        {
            if (!isEarly)
            {
                store(item);
            }
        }
    }

    private static KsyByteOrder Order(ByteOrder order, ParsedObject self) => order switch
    {
        ByteOrder.None or ByteOrder.Little => KsyByteOrder.Little,
        ByteOrder.Big => KsyByteOrder.Big,
        ByteOrder.Computed => self.Order,
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private KsyInput Stream(KsyInput io, Extent? extent, Process? process, Evaluation evaluation)
    {
        switch (extent)
        {
            case null:
                return io;
            case SizedExtent { Padding: null, Terminator: null } sized when process is null:
                return io.Substream(evaluation.Size(sized.Size), evaluation.Path);
            case ToEndExtent { Padding: null, Terminator: null } when process is null:
                return io.SubstreamToEnd(evaluation.Path);
            default:
                long position = io.Position;
                return io.Derived(position, Bytes(io, extent, process, evaluation));
        }
    }

    private byte[] Bytes(KsyInput io, Extent extent, Process? process, Evaluation evaluation)
    {
        string path = evaluation.Path;
        byte[] bytes = extent switch
        {
            SizedExtent sized => io.ReadBytes(
                evaluation.Size(sized.Size), sized.Padding ?? -1, Of(sized.Terminator), Includes(sized.Terminator),
                    path),
            ToEndExtent rest => io.ReadBytesToEnd(
                rest.Padding ?? -1, Of(rest.Terminator), Includes(rest.Terminator), path),
            TerminatedExtent { Terminator: var end } =>
                io.ReadTerminated(Of(end), end.Include, end.Consume, end.EosError, path),
            _ => throw new InvalidOperationException($"No reading of {extent.GetType().Name}."),
        };
        return process switch
        {
            null => bytes,
            XorProcess { Key.Type: BytesType } xor => KsyProcess.Xor(bytes, evaluation.Bytes(xor.Key)),
            XorProcess xor => KsyProcess.Xor(bytes, evaluation.Size(xor.Key)),
            RotateProcess { IsLeft: true } rotate => KsyProcess.RotateLeft(bytes, evaluation.Size(rotate.Amount)),
            RotateProcess rotate => KsyProcess.RotateRight(bytes, evaluation.Size(rotate.Amount)),
            ZlibProcess => KsyProcess.Inflate(bytes, path),
            CustomProcess custom => Custom(custom, evaluation).Decode(bytes),
            _ => throw new InvalidOperationException($"No process {process.GetType().Name}."),
        };
    }

    private IKsyProcess Custom(CustomProcess process, Evaluation evaluation)
    {
        string name = string.Join(".", process.Name);
        return _options.Process(name, [.. process.Arguments.Select(evaluation.Value)])
            ?? throw KsyErrors.Create(KsyErrorKind.Unsupported, 0, evaluation.Path, "a process that is known", name);
    }

    private static byte[] Of(Terminator? terminator) => terminator?.Bytes.ToArray() ?? [];

    private static bool Includes(Terminator? terminator) => terminator?.Include ?? false;

    private static void Check(Field field, object? value, KsyInput io, long start, Evaluation evaluation)
    {
        if (field.Valid is null || value is null)
        {
            return;
        }

        evaluation.Item = value;
        (KsyErrorKind Kind, string Expected)? fault = Validations.Check(field.Valid, value, evaluation);
        if (fault is not null)
        {
            throw io.Error(
                fault.Value.Kind, start, evaluation.Path, fault.Value.Expected, Evaluation.ToText(value));
        }
    }
}
