using Nario.Store.Paths;

namespace Nario.Store.Configuration;

/// <summary>Where the parts of a local store are. Compared by value.</summary>
/// <remarks>
/// Either the machine's own store, at the places that the environment names, or a store below another root (a chroot
/// store), whose paths are still named as if they were in the machine's.
/// </remarks>
public sealed record StoreLocation
{
    private const string DefaultStateDirectory = "/nix/var/nix";

    private const string DefaultLogDirectory = "/nix/var/log/nix";

    private const string DefaultName = "auto";

    private const string LocalName = "local";

    private const string DaemonName = "daemon";

    private const string SchemeEnd = "://";

    /// <summary>Gets the directory that store paths name, in fingerprints and in the database too.</summary>
    public required StoreDirectory StoreDirectory { get; init; }

    /// <summary>Gets the absolute path of the folder that holds the objects.</summary>
    public required string RealStoreDirectory { get; init; }

    /// <summary>Gets the absolute path of the folder with the database, the temporary roots and the profiles.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Gets the absolute path of the folder with the logs of builds.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>Gets what the parameter <c>require-sigs</c> says instead of the setting; null when it is not
    /// there.</summary>
    public bool? RequireSignatures { get; init; }

    /// <summary>Finds a store.</summary>
    /// <param name="store">What the user named: <c>auto</c>, <c>local</c>, a folder to take as a root, with parameters
    /// after <c>?</c> (<c>root</c>, <c>store</c>, <c>real</c>, <c>state</c>, <c>log</c>, <c>require-sigs</c>); or null,
    /// for the setting <c>store</c>, else <c>NIX_REMOTE</c>, else <c>auto</c>.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="host">The machine and the user.</param>
    /// <returns>Where its parts are; they need not be there yet.</returns>
    /// <exception cref="StoreException">It is not a local store, or not the name of a store; or the user named an empty one, or
    /// an empty place, as a variable that is not set does.</exception>
    public static StoreLocation Resolve(string? store, NixConfiguration configuration, IHost host)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(host);
        if (store is "")
        {
            throw new StoreException(
                $"the name of the store is empty; '{DefaultName}' is the store of this machine, './NAME' a folder");
        }

        string text = store ?? configuration.Store ?? host.GetVariable("NIX_REMOTE") ?? DefaultName;
        int mark = text.IndexOf('?', StringComparison.Ordinal);
        string name = mark < 0 ? text : text[..mark];
        Dictionary<string, string> parameters = mark < 0 ? [] : ParseParameters(text, text[(mark + 1)..]);
        if (name.StartsWith(LocalName + SchemeEnd, StringComparison.Ordinal))
        {
            string authority = name[(LocalName + SchemeEnd).Length..];
            name = authority.Length == 0 ? LocalName : Uri.UnescapeDataString(authority);
        }

        if (name is "" or DefaultName)
        {
            return ResolveAuto(parameters, host);
        }

        if (name == LocalName)
        {
            return Locate(parameters.GetValueOrDefault("root"), parameters, host);
        }

        if (name == DaemonName || name.Contains(SchemeEnd, StringComparison.Ordinal))
        {
            throw new StoreException(
                $"store '{EscapedText.FromText(text)}' is not supported yet: only local stores and folders are");
        }

        return name.Contains('/', StringComparison.Ordinal)
            ? Locate(name, parameters, host)
            : throw new StoreException(
                $"don't know how to open Nix store '{EscapedText.FromText(text)}'; a folder needs a slash, as in "
                + $"'./{EscapedText.FromText(name)}'");
    }

    private static StoreLocation ResolveAuto(Dictionary<string, string> parameters, IHost host)
    {
        string stateDirectory = GetStateDirectory(parameters, host);
        if (parameters.ContainsKey("root") || host.IsReadableAndWritable(stateDirectory))
        {
            return Locate(parameters.GetValueOrDefault("root"), parameters, host);
        }

        string socket = host.FindVariable("NIX_DAEMON_SOCKET_PATH")
            ?? Path.Combine(stateDirectory, "daemon-socket", "socket");
        if (host.Exists(socket))
        {
            throw new StoreException(
                $"the store of this machine belongs to the Nix daemon at '{EscapedText.FromText(socket)}', which is "
                + "not supported yet: name a folder, or run as the owner of the store");
        }

        bool mayUseHome = OperatingSystem.IsLinux()
            && parameters.Count == 0
            && !host.IsSuperuser
            && !host.Exists(stateDirectory)
            && host.FindVariable("NIX_STORE_DIR") is null
            && host.FindVariable("NIX_STATE_DIR") is null;
        if (!mayUseHome)
        {
            return Locate(null, parameters, host);
        }

        string data = host.FindVariable("XDG_DATA_HOME") ?? Path.Combine(host.HomeDirectory, ".local", "share");
        return Locate(Path.Combine(data, "nix", "root"), parameters, host);
    }

    private static StoreLocation Locate(string? root, Dictionary<string, string> parameters, IHost host)
    {
        string logicalStore = parameters.GetValueOrDefault("store")
            ?? host.FindVariable("NIX_STORE_DIR")
            ?? host.FindVariable("NIX_STORE")
            ?? StoreDirectory.Default.Path;
        StoreDirectory storeDirectory = new(Path.TrimEndingDirectorySeparator(logicalStore));
        bool? requireSignatures = parameters.TryGetValue("require-sigs", out string? text)
            ? SettingValue.ParseBoolean("require-sigs", text)
            : null;
        string GetPlace(string parameter, string defaultPath) =>
            host.GetFullPath(parameters.GetValueOrDefault(parameter) ?? defaultPath);
        if (string.IsNullOrEmpty(root))
        {
            return new StoreLocation
            {
                StoreDirectory = storeDirectory,
                RealStoreDirectory = GetPlace("real", storeDirectory.Path),
                StateDirectory = GetStateDirectory(parameters, host),
                LogDirectory = GetPlace("log", host.FindVariable("NIX_LOG_DIR") ?? DefaultLogDirectory),
                RequireSignatures = requireSignatures,
            };
        }

        string fullRoot = host.GetFullPath(root).TrimEnd('/');
        return new StoreLocation
        {
            StoreDirectory = storeDirectory,
            RealStoreDirectory = GetPlace("real", fullRoot + StoreDirectory.Default.Path),
            StateDirectory = GetPlace("state", fullRoot + DefaultStateDirectory),
            LogDirectory = GetPlace("log", fullRoot + DefaultLogDirectory),
            RequireSignatures = requireSignatures,
        };
    }

    private static string GetStateDirectory(Dictionary<string, string> parameters, IHost host) =>
        host.GetFullPath(
            parameters.GetValueOrDefault("state") ?? host.FindVariable("NIX_STATE_DIR") ?? DefaultStateDirectory);

    private static Dictionary<string, string> ParseParameters(string store, string query)
    {
        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        foreach (string part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            if (equals < 0 || name is not ("root" or "store" or "real" or "state" or "log" or "require-sigs"))
            {
                throw new StoreException(
                    $"store '{EscapedText.FromText(store)}' has the parameter '{EscapedText.FromText(part)}', which is "
                    + "not supported");
            }

            string value = Uri.UnescapeDataString(part[(equals + 1)..]);
            parameters[name] = value.Length > 0
                ? value
                : throw new StoreException($"store '{EscapedText.FromText(store)}' has an empty parameter '{name}'");
        }

        return parameters;
    }
}
