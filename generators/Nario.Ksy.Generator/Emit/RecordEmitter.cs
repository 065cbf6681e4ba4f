using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes a record as a view over the input, with what reads and writes it.</summary>
internal sealed class RecordEmitter(SourceWriter writer, TypeNames types, RecordProgram record)
{
    public void Emit()
    {
        Dictionary<ConstantStep, string> constants = NameConstants();
        writer.Summary(record.Doc, $"A {record.Name} of the {record.SpecId} specification.");
        writer.Open($"public readonly ref struct {types.Simple(record)}");
        foreach (KeyValuePair<ConstantStep, string> constant in constants)
        {
            writer.Line($"private static ReadOnlySpan<byte> {constant.Value} => {Literals.Bytes(constant.Key.Bytes)};");
            writer.Line();
        }

        EmitProperties();
        new RecordReaderEmitter(writer, types, record, constants).Emit();
        new RecordWriterEmitter(writer, types, record, constants).Emit();
        writer.Close();
    }

    /// <summary>The steps of a record, those that are optional included.</summary>
    public static IEnumerable<Step> Flatten(IReadOnlyList<Step> steps) =>
        steps.SelectMany(step => step is OptionalStep optional ? Flatten(optional.Steps) : [step]);

    private Dictionary<ConstantStep, string> NameConstants()
    {
        NameScope members = types.MembersOf(record);
        Dictionary<ConstantStep, string> names = [];
        foreach (ConstantStep constant in Flatten(record.Steps).OfType<ConstantStep>())
        {
            names.Add(constant, members.Claim(Names.Pascal(constant.Field) + "Bytes"));
        }

        return names;
    }

    private void EmitProperties()
    {
        foreach (Slot value in record.Values)
        {
            writer.Summary(value.Doc, $"The {value.Name}.");
            writer.Line($"public {types.Of(value)} {types.Property(record, value.Name)} {{ get; private init; }}");
            writer.Line();
        }

        ValueEmitter own = new(types, slot => slot.Parent is null ? types.Property(record, slot.Name) : null);
        foreach (ComputedField computed in record.Computed)
        {
            string type = computed.IsCondition ? "bool" : computed.IsSigned ? "long" : "ulong";
            string value = computed.IsCondition ? own.Condition(computed.Value) : own.Integer(computed.Value);
            writer.Summary(computed.Doc, $"The {computed.Name}.");
            writer.Line($"public {type} {types.Property(record, computed.Name)} => {value};");
            writer.Line();
        }
    }
}
