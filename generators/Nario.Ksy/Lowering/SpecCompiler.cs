using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Turns a set of specifications that may import each other into programs.</summary>
public sealed class SpecCompiler
{
    /// <summary>
    /// Largest size in bytes of what is read whole or not at all. A reader's block must hold that much, so it bounds
    /// the memory of whoever feeds one.
    /// </summary>
    public const int LargestStep = 64 * 1024;

    /// <summary>Most instructions of a stream, and most steps of a record with all the records inside it.</summary>
    public const int LargestProgram = 4096;

    /// <summary>Most instructions and steps of all that a specification declares.</summary>
    public const int LargestSpecification = 4 * LargestProgram;

    /// <summary>Most members of an enumeration.</summary>
    public const int LargestEnumeration = 10_000;

    /// <summary>Most values of an <c>any-of</c>.</summary>
    public const int MostAlternatives = 256;

    /// <summary>Most types inside one another. Compiling recurses over them.</summary>
    public const int DeepestType = 64;

    /// <summary>Most bytes that a state keeps for one rule of order.</summary>
    public const int LargestOrder = 1024 * 1024;

    /// <summary>
    /// When a specification has so many diagnostics, types that nothing uses are no longer looked at.
    /// </summary>
    private const int MostDiagnostics = 100;

    private readonly Dictionary<string, UnitDeclaration> _units = [];
    private readonly Dictionary<TypeId, TypeDeclaration> _types = [];
    private readonly Dictionary<TypeDeclaration, RecordProgram> _records = [];
    private readonly Dictionary<TypeDeclaration, bool> _isRecord = [];
    private readonly Dictionary<string, List<Enumeration>> _enumerations = [];
    private readonly Dictionary<EnumId, Enumeration> _declared = [];
    private readonly Dictionary<(TypeId Type, AnyOfValidation Strings), Enumeration> _choices = [];
    private readonly HashSet<TypeDeclaration> _lowered = [];
    private int _depth;

    private SpecCompiler() { }

    /// <summary>
    /// Compiles specifications that are read forward. Those in which an error is found, or in what they import, give no
    /// program; the diagnostics say why.
    /// </summary>
    /// <param name="models">The specifications.</param>
    /// <param name="shapeOf">Gives the shape that is asked for; null for a view or a stream, as the root allows.</param>
    /// <param name="diagnostics">What was found in each file, in the order of the models.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static IReadOnlyList<SpecProgram> Compile(
        IReadOnlyList<SpecModel> models,
        Func<SpecUnit, Shape?> shapeOf,
        out IReadOnlyList<KsyDiagnostic> diagnostics,
        CancellationToken cancellation = default)
    {
        SpecCompiler compiler = new();
        UnitDeclaration[] main = [.. models.Select(model => compiler.Declare(model.Main))];
        foreach (SpecModel model in models)
        {
            foreach (SpecUnit unit in model.Units)
            {
                compiler.Declare(unit);
            }
        }

        UnitDeclaration[] units = [.. compiler._units.Values];
        foreach (UnitDeclaration unit in units)
        {
            unit.Import(unit.Model.Imports.Select(id => compiler._units[id]));
        }

        List<SpecProgram> programs = [];
        foreach (UnitDeclaration unit in main)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckShape(unit, shapeOf(unit.Model), compiler);
            if (compiler.Compile(unit) is { } program)
            {
                programs.Add(program);
            }
        }

        foreach (UnitDeclaration unit in units)
        {
            unit.CheckEmbedding();
        }

        // What a specification imports may have been found wrong only after it.
        diagnostics = units.SelectMany(unit => unit.Diagnostics.Items).Distinct().ToArray();
        return [.. programs.Where(program => !compiler._units[program.SpecId].HasErrors)];
    }

    /// <summary>Gets a type of one of the specifications.</summary>
    internal TypeDeclaration Declaration(TypeId id) => _types[id];

    /// <summary>Notes that a type was lowered where it is used, so that its mistakes are known.</summary>
    internal void Note(TypeDeclaration type) => _lowered.Add(type);

    /// <summary>Gets an enumeration of integers.</summary>
    internal Enumeration EnumerationOf(EnumId id) => Declare(
        _types[id.Owner], _types[id.Owner].Model.Enums.First(item => item.Id == id));

    /// <summary>Gets the enumeration of the strings that a field can hold.</summary>
    internal Enumeration ChoiceOf(TypeDeclaration type, AnyOfValidation strings, Func<Enumeration> make)
    {
        if (!_choices.TryGetValue((type.Model.Id, strings), out Enumeration? enumeration))
        {
            _choices.Add((type.Model.Id, strings), enumeration = make());
            Add(enumeration);
        }

        return enumeration;
    }

    internal Slot ParameterOf(Parameter parameter, TypeDeclaration type)
    {
        EnumType? item = parameter.Type as EnumType;
        if ((item?.Underlying ?? parameter.Type) is IntegerType integer)
        {
            return new Slot(SlotKind.Integer, [parameter.Name])
            {
                Doc = parameter.Doc,
                Range = Interval.OfWidth(integer.Width, integer.IsSigned),
                IsSigned = integer.IsSigned,
                Enumeration = item is null ? null : EnumerationOf(item.Id),
                IsParameter = true,
            };
        }

        type.Unit.Diagnostics.Report(LoweringRules.Unsupported, parameter.Span, "parameters that are not integers");
        return new Slot(SlotKind.Integer, [parameter.Name])
        {
            Range = Interval.OfWidth(8, signed: false),
            IsParameter = true,
        };
    }

    /// <summary>Whether a type is read whole: bounded fields only, no lists, no switches, no recursion.</summary>
    internal bool IsRecord(TypeDeclaration type)
    {
        if (_isRecord.TryGetValue(type, out bool known))
        {
            return known;
        }

        _isRecord[type] = false;
        if (_depth == DeepestType)
        {
            ReportDepth(type);
            return false;
        }

        _depth++;
        bool isRecord =
            type.Model.Fields.Count > 0
            && !ForwardFields.ForcesStream(type.Model)
            && type.Model.Fields.All(IsInRecord);
        _depth--;
        _isRecord[type] = isRecord;
        return isRecord;
    }

    /// <summary>Reports that types contain one another too deeply.</summary>
    internal static void ReportDepth(TypeDeclaration type) =>
        type.Unit.Diagnostics.Report(
            LoweringRules.TooLarge,
            type.Span,
            type.Name,
            FormattableString.Invariant($"it lies more than {DeepestType} types deep"));

    /// <summary>Gets the program of a type that is a record.</summary>
    internal RecordProgram RecordOf(TypeDeclaration type)
    {
        if (!_records.TryGetValue(type, out RecordProgram? record))
        {
            record = new RecordLowerer(this, type).Lower();
            _records.Add(type, record);
        }

        return record;
    }

    private UnitDeclaration Declare(SpecUnit model)
    {
        if (!_units.TryGetValue(model.Id, out UnitDeclaration? unit))
        {
            unit = new UnitDeclaration(model);
            _units.Add(model.Id, unit);
            foreach (TypeDeclaration type in unit.Types)
            {
                _types.Add(type.Model.Id, type);
            }
        }

        return unit;
    }

    private Enumeration Declare(TypeDeclaration owner, EnumModel model)
    {
        if (!_declared.TryGetValue(model.Id, out Enumeration? enumeration))
        {
            enumeration = new Enumeration(
                owner.Unit.Id,
                model.Id.Name,
                model.Doc,
                model
                    .Members.Select(member => new EnumerationMember(
                        unchecked((long)(ulong)(member.Value & ulong.MaxValue)), member.Label, member.Doc))
                    .ToArray(),
                isText: false);
            _declared.Add(model.Id, enumeration);
            Add(enumeration);
            if (enumeration.Members.Count > LargestEnumeration)
            {
                owner.Unit.Diagnostics.Report(
                    LoweringRules.TooLarge,
                    model.Span,
                    enumeration.Name,
                    FormattableString.Invariant($"it has more than {LargestEnumeration} members"));
            }
        }

        return enumeration;
    }

    private void Add(Enumeration enumeration)
    {
        if (!_enumerations.TryGetValue(enumeration.SpecId, out List<Enumeration>? list))
        {
            _enumerations.Add(enumeration.SpecId, list = []);
        }

        list.Add(enumeration);
    }

    private bool IsInRecord(Field field) =>
        (field.Repeat is null || ForwardFields.IsPadding(field))
        && field.Layout is not SwitchLayout
        && !ForwardFields.ForcesStream(field)
        && (field.Layout is not StructLayout item || IsRecord(_types[item.Id]));

    private SpecProgram? Compile(UnitDeclaration unit)
    {
        IReadOnlyList<TypeDeclaration> types = unit.Types;
        foreach (TypeDeclaration type in types)
        {
            foreach (EnumModel enumeration in type.Model.Enums)
            {
                Declare(type, enumeration);
            }

            CheckType(type);
        }

        RecordProgram[] records = [.. types.Where(IsRecord).Select(RecordOf)];
        StreamProgram? stream =
            unit.Root.Model.Fields.Count > 0 && !IsRecord(unit.Root) ? StreamLowerer.Lower(this, unit) : null;

        // A type that nothing uses yet, as in a library of types, is lowered all the same, only to find its mistakes.
        foreach (
            TypeDeclaration type in types.Where(type => !type.IsRoot && !IsRecord(type) && !_lowered.Contains(type)))
        {
            if (unit.Diagnostics.Items.Count < MostDiagnostics)
            {
                StreamLowerer.Check(this, type);
            }
        }

        int size =
            records.Sum(record => record.Steps.Count)
            + (stream?.Procedures.Sum(procedure => procedure.Instructions.Count) ?? 0);
        if (size > LargestSpecification)
        {
            unit.Diagnostics.Report(
                LoweringRules.TooLarge,
                unit.Root.Span,
                unit.Id,
                FormattableString.Invariant($"it has more than {LargestSpecification} instructions"));
        }

        if (unit.HasErrors)
        {
            return null;
        }

        return new SpecProgram(
            unit.Id,
            unit.Model.File,
            unit.Model.Title,
            unit.Model.Root.Doc,
            _enumerations.TryGetValue(unit.Id, out List<Enumeration>? enumerations) ? enumerations : [],
            records,
            stream);
    }

    /// <summary>Reports what stands beside a type's fields and only other shapes have.</summary>
    private static void CheckType(TypeDeclaration type)
    {
        TypeModel model = type.Model;
        if (model.Text is not null)
        {
            type.Unit.Diagnostics.Report(LoweringRules.Unsupported, model.Text.Span, "'to-string'");
        }

        if (model.Endianness is SwitchedEndianness)
        {
            type.Unit.Diagnostics.Report(
                LoweringRules.NeedsClass, type.Span, type.Name, "its byte order is computed when it is read");
        }

        if (model.Fields.Count == 0 && type.IsRoot)
        {
            foreach (Instance instance in model.Instances)
            {
                type.Unit.Diagnostics.Report(
                    LoweringRules.NeedsClass, instance.Span, instance.Name, "its type has no fields");
            }
        }
    }

    /// <summary>Reports a root that has not the shape that is asked for, with the field that is to blame.</summary>
    private static void CheckShape(UnitDeclaration unit, Shape? shape, SpecCompiler compiler)
    {
        TypeModel root = unit.Model.Root;
        bool isView = root.Fields.Count == 0 || compiler.IsRecord(unit.Root);
        if (shape == Shape.View && !isView)
        {
            Field? field = root.Fields.FirstOrDefault(item => !compiler.IsInRecord(item));
            string reason = field is null
                ? "it has an annotation that only a stream can heed"
                : $"'{field.Name}' is read piece by piece";
            unit.Diagnostics.Report(
                LoweringRules.OtherShape, field?.Span ?? root.Span, unit.Id, "view", reason, "stream");
        }
        else if (shape == Shape.Stream && isView && root.Fields.Count > 0)
        {
            unit.Diagnostics.Report(
                LoweringRules.OtherShape, root.Span, unit.Id, "stream", "all of it is read at once", "view");
        }
    }
}
