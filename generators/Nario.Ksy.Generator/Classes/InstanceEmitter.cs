using System.Globalization;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes the instances of a class: properties that are computed or read when they are first used.</summary>
internal sealed class InstanceEmitter(ClassUnit unit, ClassShape shape, SourceWriter writer)
{
    private const int FlagsPerField = 32;

    private int _flags;

    public void Emit()
    {
        foreach (Instance instance in shape.Type.Instances)
        {
            writer.Line();
            writer.Summary(instance.Doc, $"The instance {instance.Name}.");
            if (instance is ValueInstance simple && unit.Navigation.Simple.Contains(shape.Type.Id, simple))
            {
                EmitSimple(simple);
            }
            else
            {
                EmitKept(instance);
            }
        }

        for (int index = 0; index * FlagsPerField < _flags; index++)
        {
            writer.Line();
            writer.Line($"private uint {Flags(index)};");
        }
    }

    private static string Flags(int index) => $"_ksyReady{index.ToString(CultureInfo.InvariantCulture)}";

    private void EmitSimple(ValueInstance instance)
    {
        ExpressionEmitter expressions = new(unit, Context(instance));
        string type = unit.Types.Of(instance.Type);
        Code code = expressions.Emit(instance.Value);
        if (instance.Condition is not null)
        {
            type += "?";
            code = Code.Conditional(expressions.Emit(instance.Condition), code, Code.Primary("null"));
        }

        writer.Line($"public {type} {Name(instance)} => {code};");
    }

    private void EmitKept(Instance instance)
    {
        string name = Name(instance);
        string storage = unit.Names.Storage(shape.Type.Id, instance.Name);
        string type = instance is ParsedInstance { Field: var field }
            ? unit.Types.Of(field) : unit.Types.Of(instance.Type);
        bool isOptional = unit.IsOptional(instance);
        string mark = isOptional ? "?" : "";
        bool isReference = type != unit.Types.Of(instance.Type) || !CSharpTypes.IsValueType(instance.Type);
        string flags = Flags(_flags / FlagsPerField);
        string bit = $"{(1U << (_flags % FlagsPerField)).ToString(CultureInfo.InvariantCulture)}U";
        _flags++;
        using (writer.Block($"public {type}{mark} {name}"))
        {
            using (writer.Block("get"))
            {
                using (writer.Block($"if (({flags} & {bit}) == 0)"))
                {
                    writer.Line($"KsyGet{name}();");
                }

                writer.Line();
                writer.Line($"return {storage}{(isReference && !isOptional ? "!" : "")};");
            }
        }

        writer.Line();
        writer.Line($"private {type}{(isReference ? "?" : mark)} {storage};");
        writer.Line();
        using (writer.Block($"private void KsyGet{name}()"))
        {
            string path = Literals.Text(shape.Path(instance.Name));
            if (!Navigation.NeedsStream(instance))
            {
                EmitComputation(instance, storage, path);
                writer.Line($"{flags} |= {bit};");
                return;
            }

            writer.Line($"KsyIo.Enter({path});");
            using (writer.Block("try"))
            {
                EmitComputation(instance, storage, path);
                writer.Line($"{flags} |= {bit};");
            }

            using (writer.Block("finally"))
            {
                writer.Line("KsyIo.Leave();");
            }
        }
    }

    private void EmitComputation(Instance instance, string storage, string path)
    {
        ExpressionEmitter expressions = new(unit, Context(instance));
        switch (instance)
        {
            case ValueInstance { Condition: null } value:
                writer.Line($"{storage} = {expressions.EmitOptional(value.Value)};");
                break;
            case ValueInstance { Condition: { } condition } value:
                using (writer.Block($"if ({expressions.Emit(condition)})"))
                {
                    writer.Line($"{storage} = {expressions.EmitOptional(value.Value)};");
                }

                break;
            case ParsedInstance parsed:
                EmitParsed(parsed, storage, path, expressions);
                break;
            default:
                throw new InvalidOperationException($"No C# for {instance.GetType().Name}.");
        }
    }

    private void EmitParsed(ParsedInstance instance, string storage, string path, ExpressionEmitter expressions)
    {
        // Where the value is absent, neither the stream nor the position need exist.
        Field field = instance.Field with { Condition = null };
        using Condition condition = new(
            writer, instance.Field.Condition is { } present ? expressions.Emit(present) : null);
        writer.Line(
            $"KsyInput {ClassShape.Input} = {(instance.Io is null ? "KsyIo" : expressions.Emit(instance.Io).Text)};");
        NameScope locals = new([ClassShape.Input, "before"]);
        FieldEmitter fields = new(unit, shape, writer, locals);
        if (instance.Position is null)
        {
            fields.Emit(field, storage);
            return;
        }

        Code position = expressions.EmitSize(instance.Position);
        writer.Line($"KsyMark before = {ClassShape.Input}.Mark();");
        using (writer.Block("try"))
        {
            writer.Line($"{ClassShape.Input}.Seek({position}, {path});");
            fields.Emit(field, storage);
        }

        using (writer.Block("finally"))
        {
            writer.Line($"{ClassShape.Input}.Return(before);");
        }
    }

    private string Name(Instance instance) => unit.Names.Member(shape.Type.Id, instance.Name);

    private ExpressionContext Context(Instance instance) => new(shape.Type, shape.Path(instance.Name));

    /// <summary>A block under a condition, where there is one.</summary>
    private sealed class Condition : IDisposable
    {
        private readonly SourceWriter? _writer;

        public Condition(SourceWriter writer, Code? code)
        {
            if (code is not null)
            {
                writer.Open($"if ({code.Value})");
                _writer = writer;
            }
        }

        public void Dispose() => _writer?.Close();
    }
}
