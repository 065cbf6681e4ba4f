using System.CommandLine;
using System.CommandLine.Parsing;
using Nario.Store;

namespace Nario.Cli;

/// <summary>Tells what is wrong with a command line in the words of Nix.</summary>
internal static class UsageCheck
{
    private static readonly char[] ValueMarks = ['=', ':'];

    private const string EndOfFlags = "--";

    /// <summary>Takes flags of one letter apart that are written together, as in <c>-lR</c>.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    public static IEnumerable<string> Expand(IEnumerable<string> arguments)
    {
        bool areFlagsOver = false;
        foreach (string argument in arguments)
        {
            areFlagsOver |= argument == EndOfFlags;
            if (!areFlagsOver && argument is ['-', not '-', _, ..] && argument.Skip(1).All(char.IsAsciiLetter))
            {
                foreach (char letter in argument[1..])
                {
                    yield return $"-{letter}";
                }
            }
            else
            {
                yield return argument;
            }
        }
    }

    /// <summary>Checks that a command line can be run.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="arguments">What it was parsed from.</param>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void Check(ParseResult result, IEnumerable<string> arguments)
    {
        CommandResult command = result.CommandResult;
        bool isWithoutCommand = command.Command.Subcommands.Count > 0;
        if (isWithoutCommand && result.UnmatchedTokens is [[not '-', ..] name, ..])
        {
            throw new UsageException($"'{EscapedText.FromText(name)}' is not a recognised command");
        }

        if ((FindFlag(result) ?? FindFlagWithValue(command, arguments)) is { } flag)
        {
            throw new UsageException($"unrecognised flag '{EscapedText.FromText(flag)}'");
        }

        if (isWithoutCommand)
        {
            throw new UsageException("no subcommand specified");
        }

        if (result.UnmatchedTokens is [string argument, ..])
        {
            throw new UsageException($"unexpected argument '{EscapedText.FromText(argument)}'");
        }

        foreach (ParseError error in result.Errors)
        {
            throw new UsageException(error.SymbolResult is OptionResult { Tokens.Count: 0 } option
                ? $"flag '{option.IdentifierToken?.Value}' requires 1 argument(s), but only 0 were given"
                : EscapedText.FromText(error.Message));
        }
    }

    /// <summary>Gets the first argument that looks like a flag and is none; after <c>--</c> there are no
    /// flags.</summary>
    private static string? FindFlag(ParseResult result)
    {
        int literalCount = result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        IEnumerable<string> taken = result.CommandResult.Children
            .OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        string[] arguments = [.. taken, .. result.UnmatchedTokens];
        return arguments.SkipLast(literalCount).FirstOrDefault(text => text.Length > 1 && text[0] == '-');
    }

    /// <summary>Gets the first flag that is given a value and takes none.</summary>
    private static string? FindFlagWithValue(CommandResult command, IEnumerable<string> arguments)
    {
        IEnumerable<Option> options = command.Command.Options;
        for (SymbolResult? above = command.Parent; above is CommandResult parent; above = parent.Parent)
        {
            options = options.Concat(parent.Command.Options);
        }

        HashSet<string> names =
            [.. options.Where(option => option.Arity.MaximumNumberOfValues == 0).Select(option => option.Name)];
        return arguments.TakeWhile(argument => argument != EndOfFlags).FirstOrDefault(
            argument => argument.IndexOfAny(ValueMarks) is > 0 and var end && names.Contains(argument[..end]));
    }
}
