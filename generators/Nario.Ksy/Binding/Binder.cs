using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// Gives every name of a specification its meaning and every expression its type. It is the only place where names and
/// types of the language are judged; what a backend cannot take is the backend's to say.
/// </summary>
public static class Binder
{
    /// <summary>Binds a specification together with what it imports, directly or not.</summary>
    /// <param name="main">The specification.</param>
    /// <param name="files">
    /// Files that may be imported; others among them do no harm. <c>a/b</c> is the file of that name, with <c>.ksy</c>,
    /// beside the one that imports it, <c>/a/b</c> and what is not beside it the one whose path ends so.
    /// </param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static BindResult Bind(
        SpecSource main,
        IReadOnlyList<SpecSource> files,
        CancellationToken cancellation = default)
    {
        Dictionary<string, ParsedSpec> parsed = new(StringComparer.Ordinal);
        return Bind(
            ParsedSpec.Parse(main),
            new ImportPaths(files.Select(static file => file.File)),
            path =>
            {
                if (!parsed.TryGetValue(path, out ParsedSpec? spec))
                {
                    spec = path == main.File
                        ? ParsedSpec.Parse(main)
                        : ParsedSpec.Parse(files.First(file => file.File == path));
                    parsed.Add(path, spec);
                }

                return spec;
            },
            cancellation);
    }

    /// <summary>Binds a specification that has been parsed already.</summary>
    /// <param name="main">The specification.</param>
    /// <param name="paths">The files that may be imported.</param>
    /// <param name="open">Gives the file of a path among <paramref name="paths"/>.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static BindResult Bind(
        ParsedSpec main,
        ImportPaths paths,
        Func<string, ParsedSpec> open,
        CancellationToken cancellation = default)
    {
        List<DiagnosticBag> bags = [];
        Dictionary<string, UnitSymbol?> units = new(StringComparer.Ordinal);
        UnitSymbol? unit = Declare(main, paths, open, units, bags, cancellation);
        SpecUnit[] bound = [];
        if (unit is not null)
        {
            UnitSymbol[] all = [.. unit.Reachable()];
            BindingSession session = new(all, cancellation);
            TypeBinder types = new(session);
            bound = [.. all.Select(item => ModelOf(item, types)).OfType<SpecUnit>()];
        }

        KsyDiagnostic[] diagnostics = [.. bags.SelectMany(static bag => bag.Items.Distinct().OrderBy(ByPlace))];
        bool hasErrors = Array.Exists(diagnostics, static item => item.Rule.Severity == KsySeverity.Error);
        return new BindResult(
            hasErrors || bound.Length == 0 ? null : new SpecModel(bound.ToValueList()),
            diagnostics.ToValueList());
    }

    private static int ByPlace(KsyDiagnostic diagnostic) => diagnostic.Span.Start;

    /// <summary>Declares the names of a file and of those that it imports; null when it has none.</summary>
    private static UnitSymbol? Declare(
        ParsedSpec main,
        ImportPaths paths,
        Func<string, ParsedSpec> open,
        Dictionary<string, UnitSymbol?> units,
        List<DiagnosticBag> bags,
        CancellationToken cancellation)
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        UnitSymbol? DeclareOne(ParsedSpec spec)
        {
            DiagnosticBag bag = new(spec.Source.File);
            bag.Add(spec.Diagnostics);
            bags.Add(bag);
            UnitSymbol? unit = spec.Syntax is null ? null : new UnitSymbol(spec.Syntax, bag);
            if (unit is not null && ids.ContainsKey(unit.Id))
            {
                bag.Report(BindingRules.DuplicateSpecification, unit.Syntax.Meta.Id!.Span, unit.Id);
                unit = null;
            }
            else if (unit is not null)
            {
                ids.Add(unit.Id, spec.Source.File);
            }

            units.Add(spec.Source.File, unit);
            return unit;
        }

        UnitSymbol? first = DeclareOne(main);
        Queue<UnitSymbol> waiting = new(first is null ? [] : new[] { first });
        while (waiting.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            UnitSymbol importing = waiting.Dequeue();
            foreach (Identifier import in importing.Syntax.Meta.Imports)
            {
                if (paths.Find(importing.Syntax.File, import.Text) is not { } path)
                {
                    importing.LacksImport = true;
                    importing.Diagnostics.Report(BindingRules.UnknownImport, import.Span, import.Text);
                    continue;
                }

                bool isKnown = units.TryGetValue(path, out UnitSymbol? imported);
                if (!isKnown)
                {
                    imported = DeclareOne(open(path));
                    if (imported is not null)
                    {
                        waiting.Enqueue(imported);
                    }
                }

                if (imported is null)
                {
                    importing.LacksImport = true;
                }
                else
                {
                    importing.Imports.Add(imported);
                }
            }
        }

        return first;
    }

    private static SpecUnit? ModelOf(UnitSymbol unit, TypeBinder types)
    {
        TypeModel? root = types.Bind(unit.Root);
        if (!unit.Diagnostics.HasErrors)
        {
            StyleChecks.Report(unit);
        }

        return root is null
            ? null
            : new SpecUnit(
                unit.Id,
                unit.Syntax.File,
                unit.Syntax.Meta.Title,
                unit.Imports.Select(static import => import.Id).ToValueList(),
                unit.Syntax.Meta.IsDebug,
                root);
    }
}
