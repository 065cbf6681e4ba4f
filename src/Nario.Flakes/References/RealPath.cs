namespace Nario.Flakes.References;

/// <summary>Follows the links in a path.</summary>
internal static class RealPath
{
    /// <summary>How many links one path may lead over, as for the kernel.</summary>
    private const int MaxLinks = 40;

    /// <summary>Gets the path without links, or null when nothing is there.</summary>
    /// <param name="path">An absolute path.</param>
    internal static string? Find(string path)
    {
        Stack<string> rest = new();
        Push(rest, path);
        string done = "/";
        int linkCount = 0;
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                done = Path.GetDirectoryName(done) ?? "/";
                continue;
            }

            string next = Path.Join(done, name);
            if (new FileInfo(next).LinkTarget is { } target)
            {
                if (++linkCount > MaxLinks)
                {
                    return null;
                }

                done = target.StartsWith('/') ? "/" : done;
                Push(rest, target);
                continue;
            }

            if (!Path.Exists(next))
            {
                return null;
            }

            done = next;
        }

        return done;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (string name in path.Split('/').Reverse())
        {
            if (name is not ("" or "."))
            {
                rest.Push(name);
            }
        }
    }
}
