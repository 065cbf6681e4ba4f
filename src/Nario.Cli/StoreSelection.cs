using System.CommandLine;
using Nario.Store;
using Nario.Store.Configuration;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Signatures;

namespace Nario.Cli;

/// <summary>The store that the user means, and the settings that hold for it.</summary>
internal sealed class StoreSelection
{
    private readonly NixConfiguration _configuration;
    private readonly StoreLocation? _location;
    private readonly StoreException? _fault;
    private readonly IHost _host;
    private readonly Action<string> _warn;

    private StoreSelection(
        NixConfiguration configuration,
        StoreLocation? location,
        StoreException? fault,
        IHost host,
        Action<string> warn)
    {
        _configuration = configuration;
        _location = location;
        _fault = fault;
        _host = host;
        _warn = warn;
    }

    /// <summary>Gets the directory that store paths name.</summary>
    public StoreDirectory StoreDirectory => _location?.StoreDirectory ?? StoreDirectory.Default;

    /// <summary>Gets the folder that holds the objects; null when the store is not known.</summary>
    public string? RealStoreDirectory => _location?.RealStoreDirectory;

    /// <summary>Gets whether the settings demand signatures.</summary>
    public bool RequiresSignatures => _location?.RequireSignatures ?? _configuration.RequireSignatures;

    /// <summary>Gets whether the settings say that the suffix for file systems that ignore case is taken off names.</summary>
    public bool UsesCaseHack => _configuration.UseCaseHack;

    /// <summary>Makes the option that names the store.</summary>
    public static Option<string[]> CreateOption() => Flag.CreateWithValue(
        "--store", "STORE", "A folder with a store below it; or auto: the store of this machine.");

    /// <summary>Finds the store.</summary>
    /// <param name="store">What the user has named, or null.</param>
    /// <param name="host">The machine and the user.</param>
    /// <param name="log">Takes warnings of settings and keys that are passed over.</param>
    /// <exception cref="StoreException">The settings are malformed, or there is no such store. That the machine has
    /// none that can be used shows only when it is opened, since not all work needs one.</exception>
    public static StoreSelection Find(string? store, IHost host, IMessageLog log)
    {
        void Warn(string text) => log.Write(MessageLevel.Warning, text);
        NixConfiguration configuration = NixConfiguration.Load(host, Warn);
        try
        {
            StoreLocation location = StoreLocation.Resolve(store, configuration, host);
            return new StoreSelection(configuration, location, null, host, Warn);
        }
        catch (StoreException fault) when (store is null)
        {
            return new StoreSelection(configuration, null, fault, host, Warn);
        }
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public IStore Open(StoreAccess access) => _location is null
        ? throw new StoreException(_fault!.Message, _fault)
        : LocalStore.Open(_location, _configuration, access);

    /// <summary>Gets the keys whose signatures count; they are read when the first signature is to be judged.</summary>
    /// <param name="keys">Keys in place of those of the settings, with white space between them; or null.</param>
    public TrustedKeys GetTrustedKeys(string? keys)
    {
        NixConfiguration configuration = keys is null
            ? _configuration
            : _configuration with { TrustedPublicKeys = NixConfiguration.SplitList(keys) };
        return configuration.GetTrustedKeys(_host, _warn);
    }
}
