using System.CommandLine;

namespace Nario.Cli;

/// <summary>Makes options that behave as those of Nix.</summary>
internal static class Flag
{
    /// <summary>Makes an option without a value.</summary>
    /// <param name="name">Its name with dashes.</param>
    /// <param name="description">What it does.</param>
    /// <param name="aliases">Other names.</param>
    public static Option<bool> Create(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Makes an option with a value. Many are taken, so that giving it twice is an error of its own.</summary>
    /// <param name="name">Its name with dashes.</param>
    /// <param name="valueName">What help calls the value.</param>
    /// <param name="description">What it does.</param>
    /// <param name="aliases">Other names.</param>
    public static Option<string[]> CreateWithValue(
        string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = valueName, Arity = ArgumentArity.OneOrMore };

    /// <summary>Gets the value of an option, or null when it is not given.</summary>
    public static string? Find(this ParseResult result, Option<string[]> option) =>
        result.GetValue(option) is [.., string last] ? last : null;
}
