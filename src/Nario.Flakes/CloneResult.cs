using Nario.Flakes.References;
using Nario.Store.Hashes;

namespace Nario.Flakes;

/// <summary>What was cloned.</summary>
/// <param name="Reference">What the reference has become by the registries.</param>
/// <param name="NarHash">The hash of the NAR of the tree (of git: that of the commit); null when it was not wanted.</param>
/// <param name="Immutable">The reference under which the server says that it keeps this very tree; null when it says
/// none.</param>
public sealed record CloneResult(FlakeReference Reference, NixHash? NarHash, FlakeReference? Immutable);
