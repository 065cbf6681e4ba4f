using System.Text;
using Nario.Flakes.Downloads;
using Nario.Flakes.Fetching;
using Nario.Flakes.References;
using Nario.Flakes.Unpacking;
using Nario.Store;
using Nario.Store.Configuration;
using Nario.Store.Pipeline;

namespace Nario.Flakes.Registries;

/// <summary>Replaces references by the registries: those of the command line, the user, the machine, and the global one.</summary>
/// <param name="overrides">The replacements of the command line.</param>
/// <param name="usesFiles">Whether the others count.</param>
/// <param name="options">Where they are, and how the global one is fetched.</param>
/// <param name="log">Takes warnings.</param>
public sealed class RegistryLookup(
    IReadOnlyList<RegistryEntry> overrides, bool usesFiles, CloneOptions options, IMessageLog log)
{
    /// <summary>The bytes that a registry may have.</summary>
    public const int MaxLength = 16 << 20;

    private const int MaxRounds = 100;

    private const string FileName = "registry.json";

    /// <summary>Replaces a reference until no registry has another one for it.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A reference that is not indirect.</returns>
    /// <exception cref="StoreException">It stays indirect, the registries go round in a circle, or the global one cannot be
    /// fetched.</exception>
    public FlakeReference Resolve(FlakeReference reference, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        List<Func<FlakeReference, FlakeRegistry>> registries = [_ => new FlakeRegistry(overrides)];
        if (usesFiles)
        {
            FlakeRegistry? user = null;
            FlakeRegistry? machine = null;
            FlakeRegistry? global = null;
            registries.Add(_ => user ??= ReadFile(GetUserFile()));
            registries.Add(_ => machine ??= ReadFile(GetMachineFile()));

            // What is no name is rarely replaced by it, and it costs a download.
            registries.Add(current => current is IndirectReference || !IsGlobalRemote
                ? global ??= ReadGlobal(cancellation)
                : FlakeRegistry.Empty);
        }

        string? dir = reference.Dir;
        FlakeReference now = reference with { Dir = null };
        for (int round = 0; round <= MaxRounds; round++)
        {
            FlakeReference? next = registries
                .SelectMany(registry => registry(now).Entries)
                .Select(entry => entry.TryReplace(now))
                .FirstOrDefault(static replaced => replaced is not null);
            if (next is null)
            {
                return now is not IndirectReference
                    ? now with { Dir = dir }
                    : throw new FlakeException(usesFiles
                        ? $"cannot find flake '{now.ToPublicText()}' in the flake registries"
                        : $"'{now.ToPublicText()}' is an indirect flake reference, but registry lookups are not allowed");
            }

            dir = next.Dir ?? dir;
            now = next with { Dir = null };
        }

        throw new FlakeException($"cycle detected in flake registry for '{reference.ToPublicText()}'");
    }

    private string Global => options.Configuration.FlakeRegistry;

    private bool IsGlobalRemote => Global.Length > 0 && !Global.StartsWith('/');

    private string GetUserFile()
    {
        IHost host = options.Host;
        string folder = Find("NIX_CONFIG_HOME")
            ?? Path.Join(Find("XDG_CONFIG_HOME") ?? Path.Join(host.HomeDirectory, ".config"), "nix");
        return Path.Join(folder, FileName);
    }

    private string GetMachineFile() => Path.Join(Find("NIX_CONF_DIR") ?? "/etc/nix", FileName);

    private string? Find(string name) => options.Host.GetVariable(name) is { Length: > 0 } value ? value : null;

    private FlakeRegistry ReadFile(string path) => options.Host.ReadText(path) is { } json
        ? FlakeRegistry.Parse(json, EscapedText.FromText(path), Warn)
        : FlakeRegistry.Empty;

    private FlakeRegistry ReadGlobal(CancellationToken cancellation)
    {
        if (!IsGlobalRemote)
        {
            return Global.Length == 0 ? FlakeRegistry.Empty : ReadFile(Global);
        }

        string shown = PublicText.Of(Global);
        FetchContext context = new(options with { Watch = static (stream, _) => stream }, log, cancellation);
        try
        {
            using Downloader downloader = new(context);
            using Stream body = downloader.Open(FlakeUrl.Parse(Global, out _, Warn)).Body;
            using MemoryStream json = new();
            using LimitedStream limited = new(body, MaxLength, cancellation);
            limited.CopyTo(json);
            return FlakeRegistry.Parse(Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length), shown, Warn);
        }
        catch (FlakeException error)
        {
            throw new FlakeException($"cannot fetch global flake registry '{shown}': {error.Message}");
        }
    }

    private void Warn(string message) => log.Write(MessageLevel.Warning, message);
}
