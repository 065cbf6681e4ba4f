using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>A specification file among its imports: finds what names mean.</summary>
internal sealed class SpecUnit
{
    private readonly Dictionary<string, SpecUnit> _imports = [];
    private readonly List<(SpecUnit Unit, SourceSpan Span)> _embedded = [];

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

    /// <summary>Whether an import is missing or wrong: then a name that is not found may be one of its.</summary>
    public bool LacksImport { get; private set; }

    /// <summary>Whether it, or what it imports however indirectly, has an error.</summary>
    public bool HasErrors =>
        Reachable(unit => unit._imports.Values).Any(unit => unit.Diagnostics.HasErrors || unit.LacksImport);

    /// <summary>Finds the imports among the files; a file without a unit has been found wrong already.</summary>
    public void Import(IReadOnlyList<(string File, SpecUnit? Unit)> files)
    {
        foreach (Identifier import in Syntax.Meta.Imports)
        {
            string ending =
                "/" + string.Join("/", import.Text.Split('/').Where(part => part is not ("" or "." or ".."))) + ".ksy";
            (string File, SpecUnit? Unit)[] found =
            [
                .. files.Where(file => ("/" + file.File.Replace('\\', '/')).EndsWith(ending, StringComparison.Ordinal)),
            ];
            if (found.Length == 0)
            {
                LacksImport = true;
                Diagnostics.Report(BindingRules.UnknownImport, import.Span, import.Text);
            }
            else if (found[0].Unit is { } unit)
            {
                _imports[unit.Id] = unit;
            }
            else
            {
                LacksImport = true;
            }
        }
    }

    /// <summary>
    /// Notes that a field of the root, or of what it contains, is read by the reader of another specification.
    /// </summary>
    public void Embed(SpecUnit unit, SourceSpan span) => _embedded.Add((unit, span));

    /// <summary>
    /// Reports the fields through which the specification contains itself: no state could be made for it.
    /// </summary>
    public void CheckEmbedding()
    {
        foreach ((SpecUnit unit, SourceSpan span) in _embedded)
        {
            if (unit.Reachable(other => other._embedded.Select(item => item.Unit)).Contains(this))
            {
                Diagnostics.Report(LoweringRules.EmbedsItself, span, Id);
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

    /// <summary>
    /// Finds an enumeration of integers by its name as seen from <paramref name="scope"/>; null when there is none.
    /// </summary>
    public (TypeDeclaration Owner, EnumSyntax Syntax)? FindEnumeration(
        TypeDeclaration scope,
        IReadOnlyList<string> parts)
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

    /// <summary>Lists the unit and all that are reached from it.</summary>
    private HashSet<SpecUnit> Reachable(Func<SpecUnit, IEnumerable<SpecUnit>> next)
    {
        HashSet<SpecUnit> seen = [this];
        Stack<SpecUnit> open = new([this]);
        while (open.Count > 0)
        {
            foreach (SpecUnit unit in next(open.Pop()).Where(seen.Add))
            {
                open.Push(unit);
            }
        }

        return seen;
    }

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
