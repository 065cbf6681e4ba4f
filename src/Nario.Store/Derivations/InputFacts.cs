using Nario.Store.Hashes;

namespace Nario.Store.Derivations;

/// <summary>What others need of a derivation that they build from.</summary>
/// <param name="Hash">What stands for it in their hashes.</param>
/// <param name="IsDeferred">Whether that is not final: where its outputs go is known only when it, or something that it builds from,
/// has been built.</param>
/// <param name="Outputs">The names of its outputs, in ascending order.</param>
internal sealed record InputFacts(NixHash Hash, bool IsDeferred, string[] Outputs);
