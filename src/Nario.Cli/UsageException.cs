namespace Nario.Cli;

/// <summary>Says what is wrong with the command line.</summary>
/// <param name="message">The line for the user; text from outside in it need not be escaped.</param>
internal sealed class UsageException(string message) : Exception(message);
