using System.CommandLine;
using System.CommandLine.Parsing;
using Nario.Store;

namespace Nario.Cli;

/// <summary>Tells what is wrong with a command line in the words of Nix.</summary>
internal static class UsageCheck
{
    /// <summary>Checks that a command line can be run.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void Check(ParseResult result)
    {
        CommandResult command = result.CommandResult;
        if (FindFlag(result) is { } flag)
        {
            throw new UsageException($"unrecognised flag '{EscapedText.FromText(flag)}'");
        }

        bool isWithoutCommand = command.Parent is null;
        if (result.UnmatchedTokens is [string unmatched, ..])
        {
            string shown = EscapedText.FromText(unmatched);
            throw new UsageException(
                isWithoutCommand ? $"'{shown}' is not a recognised command" : $"unexpected argument '{shown}'");
        }

        if (isWithoutCommand)
        {
            throw new UsageException("no subcommand specified");
        }

        foreach (ParseError error in result.Errors)
        {
            throw new UsageException(error.SymbolResult is OptionResult { Tokens.Count: 0 } option
                ? $"flag '{option.IdentifierToken?.Value}' requires 1 argument(s), but only 0 were given"
                : EscapedText.FromText(error.Message));
        }
    }

    /// <summary>Gets the first argument that looks like a flag and is none; after <c>--</c> there are no flags.</summary>
    private static string? FindFlag(ParseResult result)
    {
        int literalCount = result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        IEnumerable<string> taken = result.CommandResult.Children
            .OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        string[] arguments = [.. taken, .. result.UnmatchedTokens];
        return arguments.SkipLast(literalCount).FirstOrDefault(text => text.Length > 1 && text[0] == '-');
    }
}
