namespace Nario.Flakes.Fetching;

/// <summary>Fetches what one reference names.</summary>
internal interface IFetcher
{
    /// <summary>Gets what may be at the destination before.</summary>
    DestinationRule Rule { get; }

    /// <summary>Fetches.</summary>
    /// <param name="place">Where the tree is made.</param>
    /// <param name="context">How.</param>
    /// <exception cref="Nario.Store.StoreException">It cannot be fetched.</exception>
    FetchedTree Fetch(CloneDestination place, FetchContext context);
}
