using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes specifications as classes whose objects own what they read.</summary>
internal static class ClassBackend
{
    /// <summary>Gives the C# of some specifications and of what they import, and what all of it shares.</summary>
    /// <param name="models">The specifications.</param>
    /// <param name="taken">Names of types that other backends write.</param>
    /// <param name="options">What the project chooses.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static IEnumerable<GeneratedSource> Emit(
        IReadOnlyList<SpecModel> models, IEnumerable<string> taken, EmitOptions options, CancellationToken cancellation)
    {
        if (models.Count == 0)
        {
            yield break;
        }

        Dictionary<string, SpecModel> byUnit = [];
        foreach (SpecModel model in models)
        {
            byUnit[model.Main.Id] = model;
        }

        // An imported specification that is not asked for itself is written all the same.
        foreach (SpecModel model in models)
        {
            foreach (SpecUnit imported in model.Units.Where(unit => !byUnit.ContainsKey(unit.Id)))
            {
                byUnit.Add(imported.Id, model);
            }
        }

        SpecUnit[] units =
        [
            .. byUnit.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Value.Units.First(unit => unit.Id == pair.Key)),
        ];
        ClassNames names = new(units, taken, options.Namespace);
        Navigation navigation = new(units, options.KeepsNavigation);
        Dictionary<SpecModel, ClassUnit> known = [];
        foreach (SpecUnit unit in units)
        {
            cancellation.ThrowIfCancellationRequested();
            SpecModel model = byUnit[unit.Id];
            if (!known.TryGetValue(model, out ClassUnit? classes))
            {
                classes = new ClassUnit(model, names, navigation);
                known.Add(model, classes);
            }

            yield return new GeneratedSource($"{names.Type(unit.Root.Id)}.g.cs", Emit(unit, classes, options));
        }

        foreach (GeneratedSource source in RuntimeEmitter.Emit(options))
        {
            yield return source;
        }
    }

    private static string Emit(SpecUnit unit, ClassUnit classes, EmitOptions options)
    {
        SourceWriter writer = new();
        RuntimeEmitter.Preamble(writer, options);
        foreach (TypeModel type in unit.Root.SelfAndNested)
        {
            writer.Line();
            new ClassEmitter(classes, type, writer, RuntimeEmitter.ExceptionType(options)).Emit();
            foreach (EnumModel item in type.Enums)
            {
                writer.Line();
                EnumEmitter.Emit(classes, item, writer);
            }
        }

        return writer.ToString();
    }
}
