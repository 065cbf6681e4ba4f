using Nario.Store.Signatures;

namespace Nario.Store.Configuration;

/// <summary>The settings of Nix that matter for moving store paths. Every other setting is passed over.</summary>
/// <remarks>Later sources override earlier ones: the defaults; <c>nix.conf</c> in <c>NIX_CONF_DIR</c>
/// (<c>/etc/nix</c>); the user's files, of which the first listed wins; the text in <c>NIX_CONFIG</c>.</remarks>
public sealed record NixConfiguration
{
    private const string DefaultConfigurationDirectory = "/etc/nix";

    private const string FileName = "nix.conf";

    private static readonly char[] WhiteSpace = [' ', '\t', '\n', '\r'];

    /// <summary>Gets the settings of a machine where none is configured.</summary>
    public static NixConfiguration Default { get; } = new();

    /// <summary>Gets the setting <c>store</c>: which store is meant when the user names none; null when it is not
    /// set.</summary>
    public string? Store { get; init; }

    /// <summary>Gets the setting <c>trusted-public-keys</c>, which is not checked before
    /// <see cref="GetTrustedKeys"/>.</summary>
    public IReadOnlyList<string> TrustedPublicKeys { get; init; } =
        ["cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY="];

    /// <summary>Gets the setting <c>secret-key-files</c>: the paths of files with one secret key each.</summary>
    public IReadOnlyList<string> SecretKeyFiles { get; init; } = [];

    /// <summary>Gets the setting <c>require-sigs</c>: whether a path that is added needs a signature.</summary>
    public bool RequireSignatures { get; init; } = true;

    /// <summary>Gets the setting <c>use-sqlite-wal</c>: whether the database of a new store keeps a write-ahead
    /// log.</summary>
    public bool UseSqliteWriteAheadLog { get; init; } = true;

    /// <summary>Gets the setting <c>fsync-metadata</c>: whether changes of the database are brought to the
    /// disk.</summary>
    public bool SynchronizeMetadata { get; init; } = true;

    /// <summary>Gets the setting <c>allow-symlinked-store</c> or the variable <c>NIX_IGNORE_SYMLINK_STORE</c>: whether
    /// the path of a store may lead over symbolic links.</summary>
    public bool AllowSymlinkedStore { get; init; }

    /// <summary>Gets the setting <c>use-case-hack</c>: whether the suffix that Nix adds to names on file systems that ignore
    /// case is taken off when trees are read.</summary>
    public bool UseCaseHack { get; init; }

    /// <summary>Gets the setting <c>build-users-group</c>, which owns the store folder of root; null when it is not
    /// set.</summary>
    public string? BuildUsersGroup { get; init; }

    /// <summary>Gets the setting <c>flake-registry</c>: the URL or the absolute path of the global registry; empty: there is
    /// none.</summary>
    public string FlakeRegistry { get; init; } = "https://channels.nixos.org/flake-registry.json";

    /// <summary>Gets the setting <c>access-tokens</c>: items <c>HOST=TOKEN</c> or <c>HOST/PATH=TOKEN</c>, which are
    /// secret.</summary>
    public IReadOnlyList<string> AccessTokens { get; init; } = [];

    /// <summary>Gets the setting <c>netrc-file</c>, or null when it is not set; see <see cref="GetNetrcFile"/>.</summary>
    public string? NetrcFile { get; init; }

    /// <summary>Gets the setting <c>download-attempts</c>: how often something is downloaded that fails.</summary>
    public int DownloadAttempts { get; init; } = 5;

    /// <summary>Gets the setting <c>connect-timeout</c>: how long a server may take to answer a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the setting <c>stalled-download-timeout</c>: how long a server may send nothing.</summary>
    public TimeSpan StalledDownloadTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Gets the path of the file with the logins of hosts.</summary>
    /// <param name="host">The machine and the user.</param>
    /// <returns>The path; nothing need be there.</returns>
    public string GetNetrcFile(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return NetrcFile
            ?? Path.Combine(host.FindVariable("NIX_CONF_DIR") ?? DefaultConfigurationDirectory, "netrc");
    }

    /// <summary>Reads the configuration that applies to a user.</summary>
    /// <param name="host">The machine and the user.</param>
    /// <param name="warn">Takes a warning when the settings in the folder that <c>HOME</c> names are not those of the user, and are
    /// passed over.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="StoreException">A line is not one of <c>nix.conf</c>, a file that is included is not there,
    /// files include each other too deeply, or a value is not one of its setting.</exception>
    public static NixConfiguration Load(IHost host, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(warn);
        SettingsReader settings = new(host, Default with
        {
            AllowSymlinkedStore = host.GetVariable("NIX_IGNORE_SYMLINK_STORE") == "1",
        });
        settings.ReadFile(Path.Combine(
            host.FindVariable("NIX_CONF_DIR") ?? DefaultConfigurationDirectory, FileName));
        foreach (string file in GetUserFiles(host, warn).Reverse())
        {
            settings.ReadFile(file);
        }

        if (host.GetVariable("NIX_CONFIG") is { } text)
        {
            settings.ReadText(text, "NIX_CONFIG");
        }

        return settings.Finish();
    }

    /// <summary>Cuts the text of a list, for instance of keys, at white space.</summary>
    /// <param name="text">The items with white space between them.</param>
    /// <returns>The items.</returns>
    public static IReadOnlyList<string> SplitList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Array.AsReadOnly(text.Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Gets the keys whose signatures count: the public ones, then the public halves of the secret ones. They are read
    /// when the first signature is to be judged.</summary>
    /// <param name="host">Where the files of secret keys are. Those that cannot be read are passed over, as with Nix.</param>
    /// <param name="warn">Takes a warning for each key that cannot be used, which is passed over.</param>
    /// <returns>The keys.</returns>
    public TrustedKeys GetTrustedKeys(IHost host, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(warn);
        return new TrustedKeys(ReadTrustedKeys(host, warn));
    }

    /// <summary>Compares by value, lists by their items.</summary>
    /// <param name="other">Another one.</param>
    /// <returns>Whether all settings are equal.</returns>
    public bool Equals(NixConfiguration? other) =>
        other is not null
        && Store == other.Store
        && TrustedPublicKeys.SequenceEqual(other.TrustedPublicKeys)
        && SecretKeyFiles.SequenceEqual(other.SecretKeyFiles)
        && RequireSignatures == other.RequireSignatures
        && UseSqliteWriteAheadLog == other.UseSqliteWriteAheadLog
        && SynchronizeMetadata == other.SynchronizeMetadata
        && AllowSymlinkedStore == other.AllowSymlinkedStore
        && BuildUsersGroup == other.BuildUsersGroup
        && FlakeRegistry == other.FlakeRegistry
        && AccessTokens.SequenceEqual(other.AccessTokens)
        && NetrcFile == other.NetrcFile
        && DownloadAttempts == other.DownloadAttempts
        && ConnectTimeout == other.ConnectTimeout
        && StalledDownloadTimeout == other.StalledDownloadTimeout;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Store, TrustedPublicKeys.Count, SecretKeyFiles.Count, RequireSignatures, BuildUsersGroup);

    private IEnumerable<PublicKey> ReadTrustedKeys(IHost host, Action<string> warn)
    {
        foreach (string text in TrustedPublicKeys)
        {
            if (TryUse(() => PublicKey.Parse(text), "trusted-public-keys", warn) is { } key)
            {
                yield return key;
            }
        }

        foreach (string file in SecretKeyFiles)
        {
            if (TryUse(() => ReadPublicHalf(host, file), $"file '{EscapedText.FromText(file)}' of secret-key-files", warn)
                is { } key)
            {
                yield return key;
            }
        }
    }

    private static PublicKey? ReadPublicHalf(IHost host, string file)
    {
        if (host.ReadText(host.GetFullPath(file)) is not { } text)
        {
            return null;
        }

        using SecretKey secret = SecretKey.Parse(text);
        return secret.PublicKey;
    }

    private static PublicKey? TryUse(Func<PublicKey?> read, string source, Action<string> warn)
    {
        try
        {
            return read();
        }
        catch (StoreException fault)
        {
            warn($"{source}: {fault.Message}; it is passed over");
            return null;
        }
    }

    private static IEnumerable<string> GetUserFiles(IHost host, Action<string> warn)
    {
        if (host.GetVariable("NIX_USER_CONF_FILES") is { } files)
        {
            return files.Split(':', StringSplitOptions.RemoveEmptyEntries);
        }

        string home = host.FindVariable("XDG_CONFIG_HOME") ?? GetHomeFolder(host, warn);
        string[] shared = (host.FindVariable("XDG_CONFIG_DIRS") ?? "/etc/xdg")
            .Split(':', StringSplitOptions.RemoveEmptyEntries);
        return shared.Prepend(home).Select(GetFile);
    }

    /// <summary>Gets the folder of the user's settings. Those of somebody else, whose <c>HOME</c> came along with <c>sudo -E</c> or
    /// <c>su -m</c>, would decide what this user trusts.</summary>
    private static string GetHomeFolder(IHost host, Action<string> warn)
    {
        const string Folder = ".config";
        if (host.ForeignHomeDirectory is { } foreign && GetFile(Path.Combine(foreign, Folder)) is var file && host.Exists(file))
        {
            warn($"the settings in '{EscapedText.FromText(file)}' are passed over: $HOME is not owned by this user");
        }

        return Path.Combine(host.HomeDirectory, Folder);
    }

    private static string GetFile(string folder) => Path.Combine(folder, "nix", FileName);
}
