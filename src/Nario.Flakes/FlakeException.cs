using Nario.Store;

namespace Nario.Flakes;

/// <summary>Says why a flake cannot be fetched.</summary>
/// <param name="message">The line for the user, without secrets, with text from outside in it escaped.</param>
public class FlakeException(string message) : StoreException(message);
