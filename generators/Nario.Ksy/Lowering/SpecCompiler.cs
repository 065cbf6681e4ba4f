using Nario.Ksy.Diagnostics;
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

    private readonly Dictionary<string, SpecUnit> _units = [];
    private readonly Dictionary<TypeDeclaration, RecordProgram> _records = [];
    private readonly Dictionary<TypeDeclaration, bool> _isRecord = [];
    private readonly Dictionary<string, List<Enumeration>> _enumerations = [];

    private SpecCompiler()
    {
    }

    /// <summary>
    /// Compiles specifications. Those in which an error is found give no program; their diagnostics say why.
    /// </summary>
    /// <param name="sources">Path and text of each file. An import names a file without folder and ending.</param>
    /// <param name="diagnostics">What was found in each file, in the order of the files.</param>
    public static IReadOnlyList<SpecProgram> Compile(IReadOnlyList<(string File, string Text)> sources, out IReadOnlyList<KsyDiagnostic> diagnostics)
    {
        SpecCompiler compiler = new();
        List<DiagnosticBag> bags = [];
        List<SpecUnit> units = [];
        foreach ((string file, string text) in sources)
        {
            DiagnosticBag bag = new(file);
            bags.Add(bag);
            SpecSyntax? syntax = SpecParser.Parse(file, text, bag);
            if (syntax is null || bag.HasErrors)
            {
                continue;
            }

            SpecUnit unit = new(syntax, bag);
            if (compiler._units.ContainsKey(unit.Id))
            {
                bag.Report(LoweringRules.DuplicateSpecification, syntax.Meta.Id!.Span, unit.Id);
                continue;
            }

            compiler._units.Add(unit.Id, unit);
            units.Add(unit);
        }

        List<SpecProgram> programs = [];
        foreach (SpecUnit unit in units)
        {
            unit.Import(compiler._units);
        }

        foreach (SpecUnit unit in units)
        {
            SpecProgram? program = compiler.Compile(unit);
            if (program is not null)
            {
                programs.Add(program);
            }
        }

        diagnostics = bags.SelectMany(bag => bag.Items).Distinct().ToArray();
        return programs;
    }

    internal static Endianness? EndiannessOf(TypeDeclaration type)
    {
        for (TypeDeclaration? scope = type; scope is not null; scope = scope.Parent)
        {
            if ((scope.IsRoot ? scope.Unit.Syntax.Meta : scope.Syntax.Meta)?.Endian is { } endian)
            {
                return endian;
            }
        }

        return null;
    }

    internal Enumeration? EnumerationOf(Identifier? name, TypeDeclaration scope, DiagnosticBag diagnostics)
    {
        if (name is null)
        {
            return null;
        }

        (TypeDeclaration Owner, EnumSyntax Syntax)? found = scope.Unit.FindEnumeration(scope, name.Text.Split(["::"], StringSplitOptions.None));
        if (found is null)
        {
            diagnostics.Report(LoweringRules.UnknownEnumeration, name.Span, name.Text);
            return null;
        }

        Enumeration enumeration = SpecUnit.ToEnumeration(found.Value.Owner, found.Value.Syntax);
        Declare(enumeration);
        return enumeration;
    }

    internal void Declare(Enumeration enumeration)
    {
        if (!_enumerations.TryGetValue(enumeration.SpecId, out List<Enumeration>? list))
        {
            _enumerations.Add(enumeration.SpecId, list = []);
        }

        if (!list.Exists(item => item.Name == enumeration.Name))
        {
            list.Add(enumeration);
        }
    }

    internal Slot ParameterOf(ParameterSyntax parameter, TypeDeclaration type, DiagnosticBag diagnostics)
    {
        if (parameter.Type is NamedTypeSyntax { Name.Parts: [var name] } && BuiltInType.Parse(name, Endianness.Little) is { } integer)
        {
            return new Slot(SlotKind.Integer, [parameter.Id.Text])
            {
                Doc = parameter.Doc,
                Range = Interval.OfWidth(integer.Width, integer.IsSigned),
                IsSigned = integer.IsSigned,
                Enumeration = EnumerationOf(parameter.Enum, type, diagnostics),
                IsParameter = true,
            };
        }

        diagnostics.Report(LoweringRules.Unsupported, parameter.Span, "parameters that are not integers");
        return new Slot(SlotKind.Integer, [parameter.Id.Text]) { Range = Interval.OfWidth(8, signed: false), IsParameter = true };
    }

    /// <summary>Whether a type is read whole: bounded fields only, no lists, no switches, no recursion.</summary>
    internal bool IsRecord(TypeDeclaration type)
    {
        if (_isRecord.TryGetValue(type, out bool known))
        {
            return known;
        }

        _isRecord[type] = false;
        bool isRecord = type.Syntax.Sequence.Count > 0 && type.Syntax.Annotations.Count == 0 && type.Syntax.Sequence.All(field => IsInRecord(field, type));
        _isRecord[type] = isRecord;
        return isRecord;
    }

    /// <summary>Gets the program of a type that is a record; null after an error in it.</summary>
    internal RecordProgram? RecordOf(TypeDeclaration type)
    {
        if (!_records.TryGetValue(type, out RecordProgram? record))
        {
            record = new RecordLowerer(this, type, type.Unit.Diagnostics).Lower();
            _records.Add(type, record);
        }

        return type.Unit.HasErrors ? null : record;
    }

    private bool IsInRecord(AttributeSyntax field, TypeDeclaration type)
    {
        if ((field.Repeat is not null && !FieldLowerer.IsPadding(field)) || field.Type is SwitchTypeSyntax || field.Annotations.Count > 0)
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
        foreach (TypeDeclaration type in All(unit.Root))
        {
            Annotations.Check(type.Syntax, unit.Diagnostics);
            if (IsRecord(type))
            {
                RecordOf(type);
            }
        }

        StreamProgram? stream = unit.Root.Syntax.Sequence.Count > 0 && !IsRecord(unit.Root) ? new StreamLowerer(this, unit).Lower() : null;
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
            [.. All(unit.Root).Where(IsRecord).Select(type => _records[type])],
            stream);
    }

    private static IEnumerable<TypeDeclaration> All(TypeDeclaration type) => type.Nested.Values.SelectMany(All).Prepend(type);
}
