namespace Nario.Flakes.References;

/// <summary>A site that hosts repositories and has a reference type of its own.</summary>
public sealed class Forge
{
    private readonly string _repositorySuffix;

    private Forge(string name, string defaultHost, string repositorySuffix)
    {
        Name = name;
        DefaultHost = defaultHost;
        _repositorySuffix = repositorySuffix;
    }

    /// <summary>Gets GitHub.</summary>
    public static Forge GitHub { get; } = new("github", "github.com", ".git");

    /// <summary>Gets GitLab.</summary>
    public static Forge GitLab { get; } = new("gitlab", "gitlab.com", ".git");

    /// <summary>Gets SourceHut.</summary>
    public static Forge SourceHut { get; } = new("sourcehut", "git.sr.ht", string.Empty);

    /// <summary>Gets all forges.</summary>
    public static IReadOnlyList<Forge> All { get; } = [GitHub, GitLab, SourceHut];

    /// <summary>Gets the scheme of its references.</summary>
    public string Name { get; }

    /// <summary>Gets the host that is meant when a reference names none.</summary>
    public string DefaultHost { get; }

    /// <summary>Gets the forge of a scheme, or null.</summary>
    /// <param name="name">The scheme.</param>
    public static Forge? Find(string name) => All.FirstOrDefault(forge => forge.Name == name);

    /// <summary>Gets where git clones a repository from.</summary>
    /// <param name="host">The host.</param>
    /// <param name="owner">The owner; may have slashes in it.</param>
    /// <param name="repository">The repository.</param>
    internal FlakeUrl GetCloneUrl(string host, string owner, string repository) =>
        FlakeUrl.OfPath("https", new UrlAuthority(host), $"/{owner}/{repository}{_repositorySuffix}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
