using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Listing;

/// <summary>One form of a list.</summary>
internal interface IPathListing : IDisposable
{
    /// <summary>Whether the hashes of NARs are shown.</summary>
    bool NeedsHash { get; }

    /// <summary>Adds a path.</summary>
    /// <param name="storeDirectory">The directory that it is in, the same for all paths.</param>
    /// <param name="info">What is said of it.</param>
    /// <param name="isRepeated">Whether it was added before, with the same info.</param>
    /// <param name="readTree">Reads its files into a sink, without their contents; null when they are not
    /// shown.</param>
    void Add(StoreDirectory storeDirectory, ValidPathInfo info, bool isRepeated, Action<INarSink>? readTree);

    /// <summary>Ends the list: the nario is valid as far as the list looks at it.</summary>
    void Complete();
}
