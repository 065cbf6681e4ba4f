using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>What the binder made of a specification.</summary>
/// <param name="Model">The model, or null when there is an error in the specification or in one that it imports.</param>
/// <param name="Diagnostics">
/// Errors and warnings of all stages, of the specification and of its imports, in the order of the files and places.
/// </param>
public sealed record BindResult(SpecModel? Model, ValueList<KsyDiagnostic> Diagnostics);
