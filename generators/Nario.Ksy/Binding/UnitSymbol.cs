using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>A specification file among its imports.</summary>
internal sealed class UnitSymbol
{
    public UnitSymbol(SpecSyntax syntax, DiagnosticBag diagnostics)
    {
        Syntax = syntax;
        Diagnostics = diagnostics;
        Root = new TypeSymbol(this, null, syntax.Root);
    }

    public SpecSyntax Syntax { get; }

    public string Id => Syntax.Meta.Id!.Text;

    public DiagnosticBag Diagnostics { get; }

    public TypeSymbol Root { get; }

    /// <summary>What it imports itself, in the order of the text.</summary>
    public List<UnitSymbol> Imports { get; } = [];

    /// <summary>Whether an import is missing or unreadable: then an unknown name may be one of its.</summary>
    public bool LacksImport { get; set; }

    /// <summary>Lists it and what it imports, directly or not, each once and nearer ones first.</summary>
    public IEnumerable<UnitSymbol> Reachable()
    {
        List<UnitSymbol> found = [this];
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Imports.Where(unit => !found.Contains(unit)).Distinct().ToArray());
        }

        return found;
    }

    /// <summary>Finds a specification by its id among this one and what it imports.</summary>
    public UnitSymbol? FindUnit(string id) => Reachable().FirstOrDefault(unit => unit.Id == id);
}
