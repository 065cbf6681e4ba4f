using Nario.Store.Paths;

namespace Nario.Store.Export;

/// <summary>Paths with the references between them, and the order in which narios hold them.</summary>
/// <remarks>Keeps each path once and its references as numbers: less than 300 bytes a path with a few of them.</remarks>
internal sealed class ClosureGraph
{
    private readonly Dictionary<StorePath, int> _numbers = [];
    private readonly List<StorePath> _paths = [];
    private readonly List<int[]> _references = [];
    private readonly HashSet<StorePath> _missing = [];

    private enum Progress : byte
    {
        None,
        Open,
        Done,
    }

    /// <summary>Gets how many paths others refer to that are not among these.</summary>
    public int MissingCount => _missing.Count(path => !_numbers.ContainsKey(path));

    /// <summary>Gets some paths and everything that they refer to, directly or not.</summary>
    /// <param name="store">The store.</param>
    /// <param name="roots">The paths to begin with.</param>
    /// <exception cref="StoreException">A path is not valid.</exception>
    public static ClosureGraph Close(IStore store, IEnumerable<StorePath> roots) => Collect(store, roots, follow: true);

    /// <summary>Gets some paths with the references between them.</summary>
    /// <inheritdoc cref="Close"/>
    public static ClosureGraph Of(IStore store, IEnumerable<StorePath> roots) => Collect(store, roots, follow: false);

    /// <summary>Adds a path without references, unless it is there.</summary>
    public void TryAdd(StorePath path)
    {
        if (_numbers.TryAdd(path, _paths.Count))
        {
            _paths.Add(path);
            _references.Add([]);
        }
    }

    /// <summary>
    /// Sorts the paths so that each comes after what it refers to: depth first, from the smallest base name on,
    /// references before the path itself and in ascending order, as Nix does.
    /// </summary>
    /// <exception cref="StoreException">The references form a cycle.</exception>
    public IEnumerable<StorePath> Sort()
    {
        int[] roots = [.. Enumerable.Range(0, _paths.Count)];
        Array.Sort(roots, (left, right) => _paths[left].CompareTo(_paths[right]));
        Progress[] progress = new Progress[_paths.Count];
        Stack<(int Number, int Next)> open = new();
        foreach (int root in roots)
        {
            if (progress[root] == Progress.None)
            {
                progress[root] = Progress.Open;
                open.Push((root, 0));
            }

            while (open.TryPop(out (int Number, int Next) current))
            {
                int[] references = _references[current.Number];
                if (current.Next == references.Length)
                {
                    progress[current.Number] = Progress.Done;
                    yield return _paths[current.Number];
                    continue;
                }

                int reference = references[current.Next];
                open.Push((current.Number, current.Next + 1));
                if (progress[reference] == Progress.Open)
                {
                    throw new StoreException(
                        $"cycle detected in the references of '{_paths[reference]}' from '{_paths[current.Number]}'");
                }

                if (progress[reference] == Progress.None)
                {
                    progress[reference] = Progress.Open;
                    open.Push((reference, 0));
                }
            }
        }
    }

    private static ClosureGraph Collect(IStore store, IEnumerable<StorePath> roots, bool follow)
    {
        ClosureGraph graph = new();
        foreach (StorePath root in roots)
        {
            graph.TryAdd(root);
        }

        // What is found on the way joins the end, and has its turn.
        for (int number = 0; number < graph._paths.Count; number++)
        {
            graph._references[number] = graph.FindReferences(store, graph._paths[number], follow);
        }

        return graph;
    }

    private int[] FindReferences(IStore store, StorePath path, bool follow)
    {
        IReadOnlyList<StorePath> references = store.QueryReferences(path)
            ?? throw new StoreException($"path '{store.StoreDirectory.Join(path)}' is not valid");
        List<int> numbers = [];
        foreach (StorePath reference in references)
        {
            if (follow)
            {
                TryAdd(reference);
            }

            if (!_numbers.TryGetValue(reference, out int number))
            {
                _missing.Add(reference);
            }
            else if (reference != path)
            {
                numbers.Add(number);
            }
        }

        return [.. numbers];
    }
}
