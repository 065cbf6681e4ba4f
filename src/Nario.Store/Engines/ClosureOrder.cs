using Nario.Store.Paths;

namespace Nario.Store.Engines;

/// <summary>Finds closures, and the order in which narios hold paths.</summary>
internal static class ClosureOrder
{
    /// <summary>Gets some paths and everything that they refer to, directly or not.</summary>
    /// <param name="store">The store.</param>
    /// <param name="roots">The paths to begin with.</param>
    /// <returns>References of each path that are others than itself, in ascending order.</returns>
    /// <exception cref="StoreException">A path is not valid.</exception>
    public static Dictionary<StorePath, IReadOnlyList<StorePath>> Close(IStore store, IEnumerable<StorePath> roots) => Collect(store, roots, follow: true);

    /// <summary>Gets the references of some paths.</summary>
    /// <inheritdoc cref="Close"/>
    public static Dictionary<StorePath, IReadOnlyList<StorePath>> References(IStore store, IEnumerable<StorePath> roots) => Collect(store, roots, follow: false);

    /// <summary>
    /// Sorts paths so that each comes after what it refers to: depth first, from the smallest base name on, references
    /// before the path itself and in ascending order, as Nix does.
    /// </summary>
    /// <param name="graph">The paths with their references; references to others are passed over.</param>
    /// <exception cref="StoreException">The references form a cycle.</exception>
    public static List<StorePath> Sort(IReadOnlyDictionary<StorePath, IReadOnlyList<StorePath>> graph)
    {
        List<StorePath> sorted = new(graph.Count);
        Dictionary<StorePath, bool> isDone = new(graph.Count);
        Stack<(StorePath Path, int Next)> open = new();
        foreach (StorePath root in graph.Keys.Order())
        {
            if (isDone.TryAdd(root, false))
            {
                open.Push((root, 0));
            }

            while (open.TryPop(out (StorePath Path, int Next) current))
            {
                IReadOnlyList<StorePath> references = graph[current.Path];
                if (current.Next == references.Count)
                {
                    isDone[current.Path] = true;
                    sorted.Add(current.Path);
                    continue;
                }

                StorePath reference = references[current.Next];
                open.Push((current.Path, current.Next + 1));
                if (!graph.ContainsKey(reference))
                {
                    continue;
                }

                if (isDone.TryAdd(reference, false))
                {
                    open.Push((reference, 0));
                }
                else if (!isDone[reference])
                {
                    throw new StoreException($"cycle detected in the references of '{reference}' from '{current.Path}'");
                }
            }
        }

        return sorted;
    }

    private static Dictionary<StorePath, IReadOnlyList<StorePath>> Collect(IStore store, IEnumerable<StorePath> roots, bool follow)
    {
        Dictionary<StorePath, IReadOnlyList<StorePath>> graph = [];
        Stack<StorePath> open = new(roots);
        while (open.TryPop(out StorePath? path))
        {
            if (graph.ContainsKey(path))
            {
                continue;
            }

            ValidPathInfo info = store.QueryPathInfo(path) ?? throw new StoreException($"path '{store.StoreDirectory.Join(path)}' is not valid");
            StorePath[] references = [.. info.References.Where(reference => reference != path)];
            graph.Add(path, references);
            if (follow)
            {
                foreach (StorePath reference in references)
                {
                    open.Push(reference);
                }
            }
        }

        return graph;
    }
}
