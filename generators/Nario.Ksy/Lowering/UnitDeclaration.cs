using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;

namespace Nario.Ksy.Lowering;

/// <summary>A specification that is lowered, among its imports.</summary>
internal sealed class UnitDeclaration
{
    private readonly List<UnitDeclaration> _imports = [];
    private readonly List<(UnitDeclaration Unit, SourceSpan Span)> _embedded = [];

    public UnitDeclaration(SpecUnit model)
    {
        Model = model;
        Diagnostics = new DiagnosticBag(model.File);
        Types = [.. model.Root.SelfAndNested.Select(type => new TypeDeclaration(this, type))];
    }

    public SpecUnit Model { get; }

    public DiagnosticBag Diagnostics { get; }

    public string Id => Model.Id;

    /// <summary>All its types, its own first.</summary>
    public IReadOnlyList<TypeDeclaration> Types { get; }

    public TypeDeclaration Root => Types[0];

    /// <summary>Whether it, or what it imports however indirectly, has an error.</summary>
    public bool HasErrors => Reachable(unit => unit._imports).Any(unit => unit.Diagnostics.HasErrors);

    /// <summary>Notes what it imports.</summary>
    public void Import(IEnumerable<UnitDeclaration> units) => _imports.AddRange(units);

    /// <summary>
    /// Notes that a field of the root, or of what it contains, is read by the reader of another specification.
    /// </summary>
    public void Embed(UnitDeclaration unit, SourceSpan span) => _embedded.Add((unit, span));

    /// <summary>
    /// Reports the fields through which the specification contains itself: no state could be made for it.
    /// </summary>
    public void CheckEmbedding()
    {
        foreach ((UnitDeclaration unit, SourceSpan span) in _embedded)
        {
            if (unit.Reachable(other => other._embedded.Select(item => item.Unit)).Contains(this))
            {
                Diagnostics.Report(LoweringRules.EmbedsItself, span, Id);
            }
        }
    }

    /// <summary>Lists the unit and all that are reached from it.</summary>
    private HashSet<UnitDeclaration> Reachable(Func<UnitDeclaration, IEnumerable<UnitDeclaration>> next)
    {
        HashSet<UnitDeclaration> seen = [this];
        Stack<UnitDeclaration> open = new([this]);
        while (open.Count > 0)
        {
            foreach (UnitDeclaration unit in next(open.Pop()).Where(seen.Add))
            {
                open.Push(unit);
            }
        }

        return seen;
    }
}
