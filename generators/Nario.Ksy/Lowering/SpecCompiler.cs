using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

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

    private readonly Dictionary<string, SpecUnit> _units = [];
    private readonly Dictionary<TypeDeclaration, RecordProgram> _records = [];
    private readonly Dictionary<TypeDeclaration, bool> _isRecord = [];
    private readonly Dictionary<string, List<Enumeration>> _enumerations = [];
    private readonly Dictionary<EnumSyntax, Enumeration> _declared = [];
    private readonly Dictionary<ValidAnyOf, Enumeration> _choices = [];
    private readonly HashSet<TypeDeclaration> _lowered = [];
    private int _depth;

    private SpecCompiler() { }

    /// <summary>
    /// Compiles specifications. Those in which an error is found, or in what they import, give no program; the
    /// diagnostics say why.
    /// </summary>
    /// <param name="sources">
    /// Path and text of each file. An import names a file by the end of its path, without <c>.ksy</c>.
    /// </param>
    /// <param name="diagnostics">What was found in each file, in the order of the files.</param>
    public static IReadOnlyList<SpecProgram> Compile(
        IReadOnlyList<(string File, string Text)> sources,
        out IReadOnlyList<KsyDiagnostic> diagnostics)
    {
        SpecCompiler compiler = new();
        List<DiagnosticBag> bags = [];
        List<(string File, SpecUnit? Unit)> files = [];
        foreach ((string file, string text) in sources)
        {
            DiagnosticBag bag = new(file);
            bags.Add(bag);
            files.Add((file, compiler.Declare(file, text, bag)));
        }

        SpecUnit[] units = [.. files.Select(file => file.Unit).OfType<SpecUnit>()];
        foreach (SpecUnit unit in units)
        {
            unit.Import(files);
        }

        SpecProgram[] programs = [.. units.Select(compiler.Compile).OfType<SpecProgram>()];
        foreach (SpecUnit unit in units)
        {
            unit.CheckEmbedding();
        }

        // What a specification imports may have been found wrong only after it.
        diagnostics = bags.SelectMany(bag => bag.Items).Distinct().ToArray();
        return [.. programs.Where(program => !compiler._units[program.SpecId].HasErrors)];
    }

    internal static Endianness? EndiannessOf(TypeDeclaration type) =>
        MetaOf(type, meta => meta.Endian is not null)?.Endian;

    internal static string? EncodingOf(TypeDeclaration type) =>
        MetaOf(type, meta => meta.Encoding is not null)?.Encoding;

    /// <summary>Notes that a type was lowered where it is used, so that its mistakes are known.</summary>
    internal void Note(TypeDeclaration type) => _lowered.Add(type);

    internal Enumeration? EnumerationOf(Identifier? name, TypeDeclaration scope, DiagnosticBag diagnostics)
    {
        if (name is null)
        {
            return null;
        }

        (TypeDeclaration Owner, EnumSyntax Syntax)? found = scope.Unit.FindEnumeration(
            scope,
            name.Text.Split(["::"], StringSplitOptions.None));
        if (found is null)
        {
            if (!scope.Unit.LacksImport)
            {
                diagnostics.Report(BindingRules.UnknownEnumeration, name.Span, name.Text);
            }

            return null;
        }

        return Declare(found.Value.Owner, found.Value.Syntax);
    }

    /// <summary>Gets the enumeration of the strings that a field can hold.</summary>
    internal Enumeration ChoiceOf(ValidAnyOf strings, Func<Enumeration> make)
    {
        if (!_choices.TryGetValue(strings, out Enumeration? enumeration))
        {
            _choices.Add(strings, enumeration = make());
            Add(enumeration);
        }

        return enumeration;
    }

    internal Slot ParameterOf(ParameterSyntax parameter, TypeDeclaration type)
    {
        if (parameter.Type is NamedTypeSyntax { Name: { Parts: [var name], IsArray: false } }
            && BuiltInType.Parse(name, Endianness.Little) is { } integer)
        {
            return new Slot(SlotKind.Integer, [parameter.Id.Text])
            {
                Doc = parameter.Doc,
                Range = Interval.OfWidth(integer.Width, integer.IsSigned),
                IsSigned = integer.IsSigned,
                Enumeration = EnumerationOf(parameter.Enum, type, type.Unit.Diagnostics),
                IsParameter = true,
            };
        }

        type.Unit.Diagnostics.Report(LoweringRules.Unsupported, parameter.Span, "parameters that are not integers");
        return new Slot(SlotKind.Integer, [parameter.Id.Text])
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
            type.Syntax.Sequence.Count > 0
            && !Annotations.ForcesStream(type.Syntax)
            && type.Fields.All(field => IsInRecord(field, type));
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

    private static MetaSyntax? MetaOf(TypeDeclaration type, Func<MetaSyntax, bool> states)
    {
        for (TypeDeclaration? scope = type; scope is not null; scope = scope.Parent)
        {
            if ((scope.IsRoot ? scope.Unit.Syntax.Meta : scope.Syntax.Meta) is { } meta && states(meta))
            {
                return meta;
            }
        }

        return null;
    }

    private SpecUnit? Declare(string file, string text, DiagnosticBag bag)
    {
        SpecSyntax? syntax = SpecParser.Parse(file, text, bag);
        if (syntax is not null)
        {
            LanguageGaps.Report(syntax.Root, bag);
        }

        if (syntax is null || bag.HasErrors)
        {
            return null;
        }

        SpecUnit unit = new(syntax, bag);
        if (_units.ContainsKey(unit.Id))
        {
            bag.Report(BindingRules.DuplicateSpecification, syntax.Meta.Id!.Span, unit.Id);
            return null;
        }

        _units.Add(unit.Id, unit);
        return unit;
    }

    private Enumeration Declare(TypeDeclaration owner, EnumSyntax syntax)
    {
        if (!_declared.TryGetValue(syntax, out Enumeration? enumeration))
        {
            enumeration = new Enumeration(
                owner.Unit.Id,
                syntax.Name.Text,
                syntax.Doc,
                syntax
                    .Members.Select(member => new EnumerationMember((long)member.Value, member.Label, member.Doc))
                    .ToArray(),
                isText: false);
            _declared.Add(syntax, enumeration);
            Add(enumeration);
            if (enumeration.Members.Count > LargestEnumeration)
            {
                owner.Unit.Diagnostics.Report(
                    LoweringRules.TooLarge,
                    syntax.Name.Span,
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

    private bool IsInRecord(AttributeSyntax field, TypeDeclaration type)
    {
        if ((field.Repeat is not null && !FieldLowerer.IsPadding(field))
            || field.Type is SwitchTypeSyntax
            || Annotations.ForcesStream(field))
        {
            return false;
        }

        if (field.Type is not NamedTypeSyntax named || BuiltInType.IsReserved(named))
        {
            return true;
        }

        TypeDeclaration? nested = type.Unit.FindType(type, named.Name.Parts);
        return nested is null || IsRecord(nested);
    }

    private SpecProgram? Compile(SpecUnit unit)
    {
        TypeDeclaration[] types = [.. All(unit.Root)];
        foreach (TypeDeclaration type in types)
        {
            Annotations.Check(type.Syntax, unit.Diagnostics);
            foreach (EnumSyntax enumeration in type.Syntax.Enums)
            {
                Declare(type, enumeration);
            }
        }

        RecordProgram[] records = [.. types.Where(IsRecord).Select(RecordOf)];
        StreamProgram? stream =
            unit.Root.Syntax.Sequence.Count > 0 && !IsRecord(unit.Root) ? StreamLowerer.Lower(this, unit) : null;

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
            unit.Syntax.File,
            unit.Syntax.Meta.Title,
            unit.Root.Syntax.Doc,
            _enumerations.TryGetValue(unit.Id, out List<Enumeration>? enumerations) ? enumerations : [],
            records,
            stream);
    }

    private static IEnumerable<TypeDeclaration> All(TypeDeclaration type) =>
        type.Nested.Values.SelectMany(All).Prepend(type);
}
