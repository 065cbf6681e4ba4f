using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes the class of one type.</summary>
internal sealed class ClassEmitter(ClassUnit unit, TypeModel type, SourceWriter writer, string exceptionType)
{
    private static readonly Code Null = Code.Primary("null");

    private readonly ClassShape _shape = new(unit, type);
    private readonly ClassNames _names = unit.Names;

    public void Emit()
    {
        writer.Summary(type.Doc, $"The type {type.Id}.");
        using (writer.Block($"public sealed partial class {_shape.Name} : KsyObject"))
        {
            EmitConstructor();
            if (type.Id.IsTopLevel)
            {
                EmitFactories();
            }

            EmitContextProperties();
            foreach (Parameter parameter in type.Parameters)
            {
                writer.Line();
                writer.Summary(parameter.Doc, $"The parameter {parameter.Name}.");
                writer.Line($"public {unit.Types.Of(parameter.Type)} {MemberName(parameter.Name)} {{ get; }}");
            }

            foreach (Field field in type.Fields.Where(field => field.IsNamed))
            {
                EmitProperty(field);
            }

            new InstanceEmitter(unit, _shape, writer).Emit();
            EmitReader();
            EmitText();
        }
    }

    private void EmitConstructor()
    {
        writer.Line($"internal {_shape.Name}({string.Join(", ", _shape.ConstructorParameters())})");
        writer.Open();
        if (_shape.HasIo)
        {
            writer.Line($"KsyIo = {ClassShape.Input};");
        }

        if (_shape.HasParent)
        {
            writer.Line($"KsyParent = {ClassShape.Parent};");
        }

        if (_shape.HasRoot)
        {
            string own = type.Id.IsTopLevel ? " ?? this" : "";
            writer.Line($"{ClassShape.RootProperty} = {ClassShape.Root}{own};");
        }

        if (_shape.InheritsOrder)
        {
            writer.Line($"{ClassShape.OrderProperty} = {ClassShape.Order};");
        }

        for (int index = 0; index < type.Parameters.Count; index++)
        {
            writer.Line($"{MemberName(type.Parameters[index].Name)} = {_shape.Arguments[index].Name};");
        }

        writer.Close();
    }

    /// <summary>Writes the methods that make an object of an input of its own.</summary>
    private void EmitFactories()
    {
        EmitFactory("FromBytes", "global::System.ReadOnlyMemory<byte> input", "bytes in memory, which must not change");
        EmitFactory("FromStream", "global::System.IO.Stream input", "a stream, from its position on");
        bool isDebug = unit.Model.UnitOf(type.Id).IsDebug;
        Code made = Code.New(
            _shape.Name,
            _shape.ConstructorArguments(
                Code.Primary("input"), Null, Null, Code.Primary("KsyByteOrder.Undecided"),
                _shape.Arguments.Select(item => Code.Primary(item.Name))));
        writer.Line();
        writer.Summary(null, isDebug
            ? "Makes an object that is not read yet: Read reads it."
            : "Reads from a stream of bytes, from its position on.");
        using (writer.Block($"public static {_shape.Name} FromInput({Signature("KsyInput input")})"))
        {
            writer.Line($"{_shape.Name} result = {made};");
            if (!isDebug)
            {
                writer.Line($"result.{ClassShape.ReadMethod}({ReadArguments("input", "result")});");
            }

            writer.Line("return result;");
        }

        if (isDebug)
        {
            writer.Line();
            writer.Summary(null, "Reads the object.");
            writer.Line($"public void Read() => {ClassShape.ReadMethod}({ReadArguments("KsyIo", "this")});");
            return;
        }

        writer.Line();
        writer.Summary(null, "Reads what can be read, and gives the error that ended it, or null.");
        using (writer.Block(
            $"public static {_shape.Name} FromInput({Signature($"KsyInput input, out {exceptionType}? error")})"))
        {
            writer.Line($"{_shape.Name} result = {made};");
            writer.Line("error = null;");
            using (writer.Block("try"))
            {
                writer.Line($"result.{ClassShape.ReadMethod}({ReadArguments("input", "result")});");
            }

            using (writer.Block($"catch ({exceptionType} exception)"))
            {
                writer.Line("error = exception;");
            }

            writer.Line();
            writer.Line("return result;");
        }
    }

    private void EmitFactory(string name, string input, string what)
    {
        Code argument = Code.Call($"KsyInput.{name}", Code.Primary("input"));
        string rest = string.Concat(_shape.Arguments.Select(item => $", {item.Name}"));
        writer.Line();
        writer.Summary(null, $"Reads {what}.");
        writer.Line($"public static {_shape.Name} {name}({Signature(input)}) => FromInput({argument}{rest});");
    }

    private string Signature(string first) =>
        string.Join(", ", _shape.Arguments.Select(item => $"{item.Type} {item.Name}").Prepend(first));

    private void EmitContextProperties()
    {
        if (_shape.HasIo)
        {
            writer.Line();
            writer.Summary(null, "The stream that the object is read from (_io).");
            writer.Line("public override KsyInput KsyIo { get; }");
        }

        if (_shape.HasParent)
        {
            writer.Line();
            writer.Summary(null, "The object that contains this one (_parent), or null.");
            writer.Line("public override KsyObject? KsyParent { get; }");
        }

        if (_shape.HasRoot)
        {
            writer.Line();
            writer.Summary(null, "The outermost object of the specification (_root).");
            writer.Line(
                $"public {_shape.RootClass}{(type.Id.IsTopLevel ? "" : "?")} {ClassShape.RootProperty} {{ get; }}");
        }

        if (_shape.HasOrder)
        {
            writer.Line();
            writer.Line($"internal KsyByteOrder {ClassShape.OrderProperty} {{ get; private set; }}");
        }
    }

    private void EmitProperty(Field field)
    {
        string name = MemberName(field.Name);
        string declared = unit.Types.Of(field);
        writer.Line();
        writer.Summary(field.Doc, $"The field {field.Name}.");
        if (FieldEmitter.ConstantOf(field) is { } contents)
        {
            writer.Line($"public byte[] {name} => {Constants.Bytes(contents)};");
        }
        else if (field.IsOptional)
        {
            writer.Line($"public {declared}? {name} {{ get; private set; }}");
        }
        else if (FieldEmitter.IsAutomatic(field))
        {
            writer.Line($"public {declared} {name} {{ get; private set; }}");
        }
        else
        {
            Code path = Code.Primary(Literals.Text(_shape.Path(field.Name)));
            string storage = _names.Storage(type.Id, field.Name);
            writer.Line($"public {declared} {name} => {storage} ?? throw KsyValue.Absent({path});");
            writer.Line();
            writer.Line($"private {declared}? {storage};");
        }
    }

    private void EmitReader()
    {
        writer.Line();
        writer.Open($"internal void {ClassShape.ReadMethod}({_shape.ReadParameters})");
        NameScope locals = new([ClassShape.Input, ClassShape.Root]);
        if (unit.IsRecursive(type.Id))
        {
            writer.Line(
                $"{ClassShape.Input}.Enter({Literals.Text(string.Join("/", type.Id.Path.Prepend(type.Id.Spec)))});");
            using (writer.Block("try"))
            {
                EmitFields(locals);
            }

            using (writer.Block("finally"))
            {
                writer.Line($"{ClassShape.Input}.Leave();");
            }
        }
        else
        {
            EmitFields(locals);
        }

        writer.Close();
    }

    private void EmitFields(NameScope locals)
    {
        if (type.Endianness is SwitchedEndianness order)
        {
            EmitOrder(order, locals);
        }

        FieldEmitter fields = new(unit, _shape, writer, locals, Root);
        foreach (Field field in type.Fields)
        {
            string? target = !field.IsNamed || FieldEmitter.ConstantOf(field) is not null ? null
                : field.IsOptional || FieldEmitter.IsAutomatic(field) ? MemberName(field.Name)
                : _names.Storage(type.Id, field.Name);
            fields.Emit(field, target);
        }
    }

    private void EmitOrder(SwitchedEndianness order, NameScope locals)
    {
        string choice = locals.Claim("endian");
        ExpressionContext context = new(type, _shape.Path("endian"), Choice: choice, Root: Root);
        ExpressionEmitter expressions = new(unit, context);
        writer.Line($"{unit.Types.Of(order.On.Type)} {choice} = {expressions.Emit(order.On)};");
        Code code = Code.Primary("KsyByteOrder.Undecided");
        foreach (EndiannessCase item in order.Cases.Reverse())
        {
            Code value = Code.Primary($"KsyByteOrder.{(item.Order == ByteOrder.Little ? "Little" : "Big")}");
            code = item.Value is null
                ? value
                : Code.Conditional(expressions.IsCase(order.On, item.Value), value, code);
        }

        writer.Line($"{ClassShape.OrderProperty} = {code};");
    }

    private void EmitText()
    {
        if (type.Text is null)
        {
            return;
        }

        ExpressionContext context = new(type, _shape.Path("to-string"));
        writer.Line();
        writer.Summary(null, "The object as text, as the specification says.");
        writer.Line($"public override string ToString() => {new ExpressionEmitter(unit, context).Emit(type.Text)};");
    }

    /// <summary>The root while the object is read, where it is not remembered.</summary>
    private Code? Root => _shape.IsGivenRoot ? Code.Primary(ClassShape.Root) : null;

    private string ReadArguments(string io, string root) => _shape.ReadArguments(Code.Primary(io), Code.Primary(root));

    private string MemberName(string name) => _names.Member(type.Id, name);
}
