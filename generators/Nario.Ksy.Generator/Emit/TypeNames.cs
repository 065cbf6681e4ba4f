using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>The C# names of all types that one run generates, and of their public members.</summary>
internal sealed class TypeNames
{
    /// <summary>Types that generated code names; a type or member of that name would hide them.</summary>
    private static readonly string[] Used =
    [
        "ArgumentException", "ArgumentOutOfRangeException", "Array", "BinaryPrimitives", "Enum", "Exception",
        "FormatException", "IBufferWriter", "InvalidOperationException", "KsyAscending", "KsyFault",
        "KsyFormatException", "KsySupport", "Math", "OperationStatus", "ReadOnlySpan", "Span", "System",
    ];

    /// <summary>
    /// Further names of types that only code outside the generated types uses, and the writers' type parameter.
    /// </summary>
    private static readonly string[] UsedOutside = ["CultureInfo", "StringBuilder", "TOutput"];

    private static readonly string[] ObjectMembers =
    [
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    private static readonly string[] RecordMembers = ["GetSize", "Read", "TryRead", "Write", "WriteChecked"];

    private readonly Dictionary<string, string> _holders = [];
    private readonly Dictionary<(string SpecId, string Kind), string> _streamTypes = [];
    private readonly Dictionary<RecordProgram, string> _records = [];
    private readonly Dictionary<Enumeration, string> _enumerations = [];
    private readonly Dictionary<(Enumeration Enumeration, long Value), string> _members = [];
    private readonly Dictionary<(RecordProgram Record, string Value), string> _properties = [];
    private readonly Dictionary<RecordProgram, NameScope> _scopes = [];

    /// <summary>Names all that is made of some specifications.</summary>
    public TypeNames(IReadOnlyList<SpecProgram> programs)
    {
        // Files are named after types, and files must differ in more than the case of their letters.
        NameScope types = new(
            [
                .. Used,
                .. UsedOutside,
                .. ObjectMembers,
                .. StreamNames.Members,
                .. RecordMembers,
                HolderEmitter.TextMethod,
                HolderEmitter.LabelMethod,
            ],
            StringComparer.OrdinalIgnoreCase);
        foreach (SpecProgram program in programs)
        {
            string name = Names.Pascal(program.SpecId);
            _holders.Add(program.SpecId, types.Claim(name));
            foreach (string kind in program.Stream is null ? [] : StreamNames.Kinds)
            {
                _streamTypes.Add((program.SpecId, kind), types.Claim(name + kind));
            }
        }

        foreach (SpecProgram program in programs)
        {
            NameMembers(program);
        }
    }

    /// <summary>The names of all types that are in no other.</summary>
    public IEnumerable<string> Outermost => _holders.Values.Concat(_streamTypes.Values);

    /// <summary>What the types have in common.</summary>
    public SupportUse Support { get; } = new();

    /// <summary>What no member of a generated type may be called.</summary>
    /// <param name="specId">The specification that the type is made of.</param>
    /// <param name="slots">The values that it handles: it names their types.</param>
    public IEnumerable<string> Reserved(string specId, IEnumerable<Slot> slots) =>
        [.. Used, .. ObjectMembers, .. slots.SelectMany(Named).Append(specId).Distinct().Select(Holder)];

    /// <summary>The static class that holds a specification's enumerations and records.</summary>
    public string Holder(string specId) => _holders[specId];

    /// <summary>
    /// One of the types that make up a stream: its reader, its writer, its state, its tokens, its steps.
    /// </summary>
    public string StreamType(string specId, string kind) => _streamTypes[(specId, kind)];

    /// <summary>An enumeration.</summary>
    public string Of(Enumeration enumeration) => $"{Holder(enumeration.SpecId)}.{_enumerations[enumeration]}";

    /// <summary>An enumeration's own name within its holder.</summary>
    public string Simple(Enumeration enumeration) => _enumerations[enumeration];

    /// <summary>A member of an enumeration, within it.</summary>
    public string Member(Enumeration enumeration, EnumerationMember member) => _members[(enumeration, member.Value)];

    /// <summary>A member of an enumeration.</summary>
    public string Qualified(Enumeration enumeration, EnumerationMember member) =>
        $"{Of(enumeration)}.{Member(enumeration, member)}";

    /// <summary>A record.</summary>
    public string Of(RecordProgram record) => $"{Holder(record.SpecId)}.{_records[record]}";

    /// <summary>A record's own name within its holder.</summary>
    public string Simple(RecordProgram record) => _records[record];

    /// <summary>The property of a record's value, stored or computed.</summary>
    public string Property(RecordProgram record, string value) => _properties[(record, value)];

    /// <summary>The scope of a record's members, in which its properties have their names already.</summary>
    public NameScope MembersOf(RecordProgram record) => _scopes[record];

    /// <summary>The value that stands for a record which holds only that one; else the slot itself.</summary>
    public static Slot Essence(Slot slot)
    {
        while (slot.Record is { Values.Count: 1 } record)
        {
            slot = record.Values[0];
        }

        return slot;
    }

    /// <summary>The type of a slot's value.</summary>
    public string Of(Slot slot)
    {
        Slot essence = Essence(slot);
        return essence.Kind switch
        {
            SlotKind.Bytes => "ReadOnlySpan<byte>",
            SlotKind.Record => Of(essence.Record!),
            _ when essence.Enumeration is not null => Of(essence.Enumeration),
            _ => Integer(essence.Width, essence.IsSigned),
        };
    }

    /// <summary>The integer type of a width.</summary>
    public static string Integer(int width, bool isSigned) =>
        width switch
        {
            1 => isSigned ? "sbyte" : "byte",
            2 => isSigned ? "short" : "ushort",
            4 => isSigned ? "int" : "uint",
            _ => isSigned ? "long" : "ulong",
        };

    /// <summary>The specifications whose types are named where a value is handled.</summary>
    private static IEnumerable<string> Named(Slot slot) =>
        slot switch
        {
            { Record: { } record } => record.Values.Concat(record.Parameters).SelectMany(Named).Append(record.SpecId),
            { Enumeration: { } enumeration } => [enumeration.SpecId],
            _ => [],
        };

    private void NameMembers(SpecProgram program)
    {
        NameScope nested = new([
            .. Used,
            .. ObjectMembers,
            .. RecordMembers,
            .. _holders.Values,
            HolderEmitter.TextMethod,
            HolderEmitter.LabelMethod,
        ]);
        foreach (RecordProgram record in program.Records)
        {
            string name = Names.Pascal(record.Name);
            _records.Add(record, nested.Claim(record.Name == record.SpecId ? name + "Record" : name));
        }

        foreach (Enumeration enumeration in program.Enumerations)
        {
            _enumerations.Add(enumeration, nested.Claim(Names.Pascal(enumeration.Name)));
            NameScope members = new([]);
            foreach (EnumerationMember member in enumeration.Members)
            {
                _members.Add((enumeration, member.Value), members.Claim(Names.Pascal(member.Label)));
            }
        }

        foreach (RecordProgram record in program.Records)
        {
            IEnumerable<Slot> slots = RecordEmitter
                .Flatten(record.Steps)
                .Select(step => step.Target)
                .OfType<Slot>()
                .Concat(record.Parameters);
            NameScope properties = new([.. Reserved(record.SpecId, slots), .. RecordMembers, Simple(record)]);
            foreach (string value in record
                    .Values.Select(slot => slot.Name)
                    .Concat(record.Computed.Select(field => field.Name)))
            {
                _properties.Add((record, value), properties.Claim(Names.Pascal(value)));
            }

            _scopes.Add(record, properties);
        }
    }
}
