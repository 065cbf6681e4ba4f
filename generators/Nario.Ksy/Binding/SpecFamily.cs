using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// A specification together with what it imports, directly or not: all that its model depends on. Compared by value.
/// </summary>
/// <param name="Main">The specification.</param>
/// <param name="Imported">What it imports, nearer ones first.</param>
/// <param name="Files">The paths that an import may name.</param>
public sealed record SpecFamily(ParsedSpec Main, ValueList<ParsedSpec> Imported, ValueList<string> Files)
{
    /// <summary>Gets the families of some files, in their order.</summary>
    public static IReadOnlyList<SpecFamily> Of(IReadOnlyList<ParsedSpec> files)
    {
        ImportPaths paths = new(files.Select(static file => file.Source.File));
        Dictionary<string, ParsedSpec> byPath = files.ToDictionary(static file => file.Source.File);
        ValueList<string> names = byPath.Keys.ToValueList();
        return [.. files.Select(file => new SpecFamily(file, Closure(file, paths, byPath), names))];
    }

    /// <summary>Binds the specification.</summary>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public BindResult Bind(CancellationToken cancellation)
    {
        ParsedSpec main = Main;
        ValueList<ParsedSpec> imported = Imported;
        return Binder.Bind(
            Main,
            new ImportPaths(Files),
            path => imported.Prepend(main).First(file => file.Source.File == path),
            cancellation);
    }

    /// <summary>
    /// Gets the models of which no earlier one has the same id; reports the others at their id.
    /// </summary>
    public static IReadOnlyList<SpecModel> Distinct(IEnumerable<SpecModel?> models, List<KsyDiagnostic> diagnostics)
    {
        Dictionary<string, SpecModel> known = new(StringComparer.Ordinal);
        List<SpecModel> distinct = [];
        foreach (SpecModel model in models.OfType<SpecModel>())
        {
            SpecUnit unit = model.Main;
            if (known.ContainsKey(unit.Id))
            {
                diagnostics.Add(
                    KsyDiagnostic.Create(BindingRules.DuplicateSpecification, unit.File, unit.Root.Span, unit.Id));
                continue;
            }

            known.Add(unit.Id, model);
            distinct.Add(model);
        }

        return distinct;
    }

    private static ValueList<ParsedSpec> Closure(
        ParsedSpec main, ImportPaths paths, Dictionary<string, ParsedSpec> byPath)
    {
        List<ParsedSpec> found = [main];
        for (int i = 0; i < found.Count; i++)
        {
            foreach (Identifier import in found[i].Syntax?.Meta.Imports ?? [])
            {
                if (paths.Find(found[i].Source.File, import.Text) is { } path && !found.Contains(byPath[path]))
                {
                    found.Add(byPath[path]);
                }
            }
        }

        return found.Skip(1).ToValueList();
    }
}
