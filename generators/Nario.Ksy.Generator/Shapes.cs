using Nario.Ksy.Diagnostics;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Lowering;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator;

/// <summary>
/// Decides the kind of code that each specification becomes: what its <c>-shape</c> says, else what the project's
/// property <c>KsyShape</c> says, else a view. A specification and what it imports are all classes, or none is.
/// </summary>
internal static class Shapes
{
    /// <summary>Gets the shape of a specification; null where it may be a view or a stream, as its root allows.</summary>
    public static Shape? Of(SpecUnit unit, EmitOptions options) => unit.Root.Annotations.Shape ?? options.Shape switch
    {
        "stream" => Shape.Stream,
        "class" => Shape.Class,
        "forward" => null,
        _ => Shape.View,
    };

    /// <summary>Gets the specifications that become classes, or those that do not.</summary>
    public static SpecModel[] Select(IEnumerable<SpecModel> models, bool areClasses, EmitOptions options) =>
        [.. models.Where(model => (Of(model.Main, options) == Shape.Class) == areClasses)];

    /// <summary>Reports specifications whose imports have a shape that does not go with theirs.</summary>
    public static IEnumerable<KsyDiagnostic> Check(IEnumerable<SpecModel> models, EmitOptions options)
    {
        foreach (SpecModel model in models)
        {
            SpecUnit main = model.Main;
            bool isClass = Of(main, options) == Shape.Class;
            foreach (SpecUnit import in model.Units.Where(unit => (Of(unit, options) == Shape.Class) != isClass))
            {
                yield return KsyDiagnostic.Create(
                    LoweringRules.OtherShape,
                    main.File,
                    main.Root.Span,
                    main.Id,
                    isClass ? "class" : "view",
                    $"it imports '{import.Id}', which has another",
                    isClass ? "view' or 'stream" : "class");
            }
        }
    }
}
