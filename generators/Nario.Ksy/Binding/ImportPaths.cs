namespace Nario.Ksy.Binding;

/// <summary>Finds the file that an import names among some files.</summary>
public sealed class ImportPaths
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>Takes the paths of the files; a back slash separates as a slash does.</summary>
    public ImportPaths(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            _paths[Normalize(file)] = file;
        }
    }

    /// <summary>
    /// Gets the path of the file that <paramref name="import"/> names in <paramref name="importing"/>; null when there
    /// is none. Of several files that end so, it is the one with the shortest path.
    /// </summary>
    public string? Find(string importing, string import)
    {
        string name = import + ".ksy";
        if (!import.StartsWith("/", StringComparison.Ordinal))
        {
            string normal = Normalize(importing);
            string beside = Normalize(normal.Substring(0, normal.LastIndexOf('/') + 1) + name);
            if (_paths.TryGetValue(beside, out string? found))
            {
                return found;
            }
        }

        string ending = "/" + string.Join("/", name.Split('/').Where(static part => part is not ("" or "." or "..")));
        return _paths
            .Where(pair => ("/" + pair.Key).EndsWith(ending, StringComparison.Ordinal))
            .OrderBy(static pair => pair.Key.Length)
            .ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => pair.Value)
            .FirstOrDefault();
    }

    private static string Normalize(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not ("" or ".."))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }
}
