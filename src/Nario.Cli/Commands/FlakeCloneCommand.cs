using System.CommandLine;
using System.Text;
using Nario.Cli.Messages;
using Nario.Flakes;
using Nario.Flakes.References;
using Nario.Flakes.Registries;
using Nario.Store.Configuration;
using Nario.Store.Pipeline;

namespace Nario.Cli.Commands;

/// <summary>The command <c>flake clone</c>.</summary>
internal static class FlakeCloneCommand
{
    private const string CurrentFlake = ".";

    /// <summary>Makes the command.</summary>
    public static Command Create(ProgramContext context, GlobalOptions global)
    {
        Argument<string?> reference = new("REF")
        {
            Description = "A flake reference; without it, the flake that the current folder is in.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> destination = Flag.CreateWithValue(
            "--dest", "DIR", "Where it goes. Appears when all is fetched and checked.", "-f");
        Option<bool> printHash = Flag.Create("--print-hash", "Write the hash of the NAR of the tree.");
        Option<bool> noRegistries = Flag.Create("--no-registries", "Use no registry but --override-flake.");
        Option<string[]> overrides = new("--override-flake")
        {
            Description = "Take the second reference in place of the first.",
            HelpName = "REF REF",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string[]> registry = Flag.CreateWithValue(
            "--flake-registry", "URL", "The global registry, in place of the one in nix.conf; a path, or empty for none.");
        Option<bool> offline = Flag.Create("--offline", "Use no network.");
        Option<string[]> maxSize = Flag.CreateWithValue(
            "--max-size", "BYTES", "How large a download may be, unpacked: 16G unless said otherwise; K, M, G, T.");
        Option<string[]> maxEntries = Flag.CreateWithValue(
            "--max-entries", "COUNT", "How many entries an archive may have: 4000000 unless said otherwise.");
        Command command = new CommandWithExamples(
            "clone", "Put what a flake reference of any type names into a folder, and check its hash.")
        {
            Examples =
            [
                "nario flake clone github:NixOS/patchelf --dest ./patchelf",
                "nario flake clone 'git+https://example.org/repository?ref=main' -f ./repository",
                "nario flake clone --print-hash https://example.org/source.tar.xz -f ./source",
                "nario flake clone 'path:./tree?narHash=sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=' -f ./copy",
            ],
        };
        command.Add(reference);
        foreach (Option option in (Option[])
            [destination, printHash, noRegistries, overrides, registry, offline, maxSize, maxEntries])
        {
            command.Add(option);
        }

        command.SetAction(result =>
        {
            string place = result.Find(destination) is { Length: > 0 } given
                ? given
                : throw new UsageException("missing flag '--dest'");
            using Progress progress = new(context.Error, context.IsErrorTerminal && !global.IsQuiet(result));
            ConsoleLog log = new(context.Error, global.GetVerbosity(result), progress);
            NixConfiguration settings = NixConfiguration.Load(
                context.Host, text => log.Write(MessageLevel.Warning, text));
            CloneOptions options = new()
            {
                Host = context.Host,
                Configuration = result.Find(registry) is { } url ? settings with { FlakeRegistry = url } : settings,
                IsOffline = result.GetValue(offline),
                ComputesHash = result.GetValue(printHash),
                Limits = new UnpackLimits
                {
                    MaxSize = result.Find(maxSize) is { } size ? UnitNumber.Parse(size) : UnpackLimits.DefaultMaxSize,
                    MaxEntries = result.Find(maxEntries) is { } count ? UnitNumber.Parse(count) : UnpackLimits.DefaultMaxEntries,
                },
                ShowsProgress = progress.IsShown,
                ShowProgramLine = (line, isTransient) => ShowLine(line, isTransient, context, progress),
                Watch = (stream, length) =>
                {
                    progress.Expect(length);
                    return progress.Watch(stream);
                },
            };
            FlakeReference named = Parse(result.GetValue(reference) ?? CurrentFlake, context, log);
            RegistryLookup registries = new(
                ParseOverrides(result.GetValue(overrides) ?? [], context, log), !result.GetValue(noRegistries), options, log);
            CloneResult cloned = new FlakeCloner(options, log).Clone(
                registries.Resolve(named, context.Cancellation), place, context.Cancellation);
            Report(cloned, result.GetValue(printHash), context, log, progress);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Report(
        CloneResult cloned, bool printsHash, ProgramContext context, ConsoleLog log, Progress progress)
    {
        log.Write(MessageLevel.Information, $"cloned '{cloned.Reference.ToPublicText()}'");
        if (cloned.Immutable is { } immutable)
        {
            progress.Erase();
            string line = $"the server keeps this tree as '{immutable.ToPublicText()}'";
            context.Error.WriteLine(Store.EscapedText.ToLine(line));
        }

        if (printsHash)
        {
            progress.Erase();
            using Stream output = context.OpenOutput();
            output.Write(Encoding.ASCII.GetBytes($"{cloned.NarHash!.ToSri()}\n"));
        }
    }

    private static FlakeReference Parse(string text, ProgramContext context, ConsoleLog log)
    {
        ParsedFlakeReference parsed = FlakeReference.Parse(text, context.Host.CurrentDirectory, context.Error.WriteLine);
        foreach (string warning in parsed.Warnings)
        {
            log.Write(MessageLevel.Warning, warning);
        }

        return parsed.Fragment.Length == 0
            ? parsed.Reference
            : throw new FlakeException(
                $"unexpected fragment '{Store.EscapedText.FromText(parsed.Fragment)}' in flake reference "
                + $"'{PublicText.Of(text)}'");
    }

    private static RegistryEntry[] ParseOverrides(string[] texts, ProgramContext context, ConsoleLog log) => texts is [var from, var to]
        ? [new RegistryEntry(Parse(from, context, log) with { Dir = null }, Parse(to, context, log), IsExact: false)]
        : [];

    /// <summary>Shows a line of a program; one that the next takes the place of only where it can.</summary>
    private static void ShowLine(string line, bool isTransient, ProgramContext context, Progress progress)
    {
        if (!isTransient)
        {
            progress.Erase();
            context.Error.WriteLine(Store.EscapedText.ToLine(line));
        }
        else if (progress.IsShown)
        {
            progress.Show(line);
        }
    }
}
