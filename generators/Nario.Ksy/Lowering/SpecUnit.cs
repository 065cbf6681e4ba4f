using Nario.Ksy.Diagnostics;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>A specification file among its imports: finds what names mean.</summary>
internal sealed class SpecUnit
{
    private readonly Dictionary<string, SpecUnit> _imports = [];

    public SpecUnit(SpecSyntax syntax, DiagnosticBag diagnostics)
    {
        Syntax = syntax;
        Diagnostics = diagnostics;
        Id = syntax.Meta.Id!.Text;
        Root = new TypeDeclaration(this, null, syntax.Root, Id);
        Root.Declare();
    }

    public SpecSyntax Syntax { get; }

    public DiagnosticBag Diagnostics { get; }

    public string Id { get; }

    public TypeDeclaration Root { get; }

    /// <summary>Whether it, or what it imports directly, has an error.</summary>
    public bool HasErrors => Diagnostics.HasErrors || _imports.Values.Any(import => import.Diagnostics.HasErrors);

    public void Import(IReadOnlyDictionary<string, SpecUnit> units)
    {
        foreach (Identifier import in Syntax.Meta.Imports)
        {
            string name = import.Text.Substring(import.Text.LastIndexOf('/') + 1);
            if (units.TryGetValue(name, out SpecUnit? unit))
            {
                _imports[name] = unit;
            }
            else
            {
                Diagnostics.Report(LoweringRules.UnknownImport, import.Span, import.Text);
            }
        }
    }

    /// <summary>Finds a type by its name as seen from <paramref name="scope"/>; null when there is none.</summary>
    public TypeDeclaration? FindType(TypeDeclaration scope, IReadOnlyList<string> parts)
    {
        TypeDeclaration? found = FindFirst(scope, parts[0]);
        for (int index = 1; index < parts.Count && found is not null; index++)
        {
            found = found.Nested.TryGetValue(parts[index], out TypeDeclaration? nested) ? nested : null;
        }

        return found;
    }

    /// <summary>Finds an enumeration of integers by its name as seen from <paramref name="scope"/>; null when there is none.</summary>
    public (TypeDeclaration Owner, EnumSyntax Syntax)? FindEnumeration(TypeDeclaration scope, IReadOnlyList<string> parts)
    {
        string name = parts[parts.Count - 1];
        if (parts.Count > 1)
        {
            TypeDeclaration? owner = FindType(scope, parts.Take(parts.Count - 1).ToArray());
            EnumSyntax? direct = owner?.Syntax.Enums.FirstOrDefault(item => item.Name.Text == name);
            return direct is null ? null : (owner!, direct);
        }

        for (TypeDeclaration? type = scope; type is not null; type = type.Parent)
        {
            EnumSyntax? found = type.Syntax.Enums.FirstOrDefault(item => item.Name.Text == name);
            if (found is not null)
            {
                return (type, found);
            }
        }

        return null;
    }

    /// <summary>Turns a declared enumeration into the form that programs use.</summary>
    public static Enumeration ToEnumeration(TypeDeclaration owner, EnumSyntax syntax) =>
        new(owner.Unit.Id, syntax.Name.Text, syntax.Doc,
            syntax.Members.Select(member => new EnumerationMember(member.Value, member.Label, member.Doc)).ToArray(), IsText: false);

    private TypeDeclaration? FindFirst(TypeDeclaration scope, string name)
    {
        for (TypeDeclaration? type = scope; type is not null; type = type.Parent)
        {
            if (type.Nested.TryGetValue(name, out TypeDeclaration? nested))
            {
                return nested;
            }

            if (type.Name == name)
            {
                return type;
            }
        }

        return _imports.TryGetValue(name, out SpecUnit? import) ? import.Root : null;
    }
}
