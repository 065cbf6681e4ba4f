using System.CommandLine;
using System.CommandLine.Help;

namespace Nario.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    /// <summary>The name of the option that means more when it is given again.</summary>
    public const string VerboseName = "--verbose";

    private readonly Option<bool> _verbose = Flag.Create(
        VerboseName, "Say what is done; -vv: also what is passed over.", "-v");

    private readonly Option<bool> _quiet = Flag.Create("--quiet", "Show no progress and no summary.");

    private readonly Option<bool> _version = Flag.Create("--version", "Show the version of the program.");

    private readonly HelpOption _help = new("--help", "-h")
    {
        Description = "Show this help.",
        Action = new HelpWithExamples(),
    };

    public GlobalOptions()
    {
        _verbose.Recursive = true;
        _quiet.Recursive = true;
    }

    /// <summary>Adds the options to the command that has all others.</summary>
    public void AddTo(Command root)
    {
        root.Add(_verbose);
        root.Add(_quiet);
        root.Add(_version);
        root.Add(_help);
    }

    /// <summary>Gets how much is to be said.</summary>
    public Verbosity GetVerbosity(ParseResult result) => (result.GetResult(_verbose)?.IdentifierTokenCount ?? 0) switch
    {
        0 => Verbosity.Normal,
        1 => Verbosity.Information,
        _ => Verbosity.Detail,
    };

    /// <summary>Gets whether no progress is to be shown.</summary>
    public bool IsQuiet(ParseResult result) => result.GetValue(_quiet);

    /// <summary>Gets whether nothing but the version is wanted.</summary>
    public bool IsVersionWanted(ParseResult result) => result.GetValue(_version);

    /// <summary>Gets whether nothing but help is wanted.</summary>
    public bool IsHelpWanted(ParseResult result) => result.GetResult(_help) is { Implicit: false };
}
