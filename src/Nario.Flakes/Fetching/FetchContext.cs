using Nario.Store.Pipeline;

namespace Nario.Flakes.Fetching;

/// <summary>What all fetchers work with.</summary>
/// <param name="Options">How a flake is fetched.</param>
/// <param name="Log">Takes messages.</param>
/// <param name="Cancellation">Ends the work early.</param>
internal sealed record FetchContext(CloneOptions Options, IMessageLog Log, CancellationToken Cancellation)
{
    /// <summary>Says what may surprise, and goes on.</summary>
    public void Warn(string message) => Log.Write(MessageLevel.Warning, message);

    /// <summary>Throws when a network is needed and not allowed.</summary>
    /// <param name="shown">What needs it, fit for a message.</param>
    public void RequireNetwork(string shown)
    {
        if (Options.IsOffline)
        {
            throw new FlakeException($"cannot fetch '{shown}' in offline mode");
        }
    }
}
