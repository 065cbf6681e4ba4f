namespace Nario.Store.Derivations;

/// <summary>Says why the contents of a derivation's path are no derivation.</summary>
/// <param name="fullPath">The path.</param>
/// <param name="fault">What is wrong.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DerivationException(string fullPath, string fault, Exception? innerException = null)
    : StoreException($"error parsing derivation '{fullPath}': error: {fault}", innerException!);
