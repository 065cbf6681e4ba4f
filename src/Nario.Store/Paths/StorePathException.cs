namespace Nario.Store.Paths;

/// <summary>Says why a text is not a store path.</summary>
/// <param name="message">The line for the user.</param>
public sealed class StorePathException(string message) : StoreException(message);
