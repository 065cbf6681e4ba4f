using Nario.Store.Hashes;

namespace Nario.Flakes.References;

/// <summary>Names the source of a flake, in the grammar of Nix. Compared by value.</summary>
/// <remarks>
/// <see cref="object.ToString"/> gives the URL form, which <see cref="Parse(string)"/> reads as an equal reference. A
/// reference on a command line can also be the shorthand <c>ID[/REF][/REV]</c> or a path, see
/// <see cref="Parse(string, string, Action{string})"/>.
/// </remarks>
public abstract record FlakeReference
{
    private protected FlakeReference()
    {
    }

    /// <summary>Gets the commit that is meant: 40 hexadecimal digits in lower case; or null.</summary>
    public string? Rev { get; init; }

    /// <summary>Gets the hash of the NAR of the tree, or null when it is not pinned.</summary>
    public NixHash? NarHash { get; init; }

    /// <summary>Gets how many commits lead to the one that is meant, or null when that is not pinned.</summary>
    public ulong? RevCount { get; init; }

    /// <summary>Gets when the tree changed, in seconds since 1970; or null when that is not pinned.</summary>
    public ulong? LastModified { get; init; }

    /// <summary>Gets the folder of the tree that has the flake in it; null: the tree itself.</summary>
    public string? Dir { get; init; }

    /// <summary>Reads a reference that does not depend on where it is read.</summary>
    /// <param name="text">A URL, a shorthand, or an absolute path, which is not looked at.</param>
    /// <exception cref="FlakeReferenceException">It is none.</exception>
    public static ParsedFlakeReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FlakeReferenceParser(null, null).Parse(text);
    }

    /// <summary>Reads a reference as the user gives it: a path is looked at, and the flake and the repository are found
    /// that it is in.</summary>
    /// <param name="text">A URL, a shorthand or a path; empty: the folder.</param>
    /// <param name="baseDirectory">The absolute path of the folder that relative paths start at.</param>
    /// <param name="notice">Is told where a flake is looked for, also when none is found in the end; null: nobody is.</param>
    /// <exception cref="FlakeReferenceException">It is none, or there is no flake at the path.</exception>
    public static ParsedFlakeReference Parse(string text, string baseDirectory, Action<string>? notice = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(baseDirectory);
        return new FlakeReferenceParser(baseDirectory, notice).Parse(text);
    }

    /// <summary>Gets the reference as a URL.</summary>
    public sealed override string ToString() => ToUrl().WithParameter("dir", Dir).ToString();

    /// <summary>Gets the URL without what lets somebody in, and without what could steer a terminal: for messages.</summary>
    public string ToPublicText() => ToUrl().WithParameter("dir", Dir).ToPublicText();

    internal abstract FlakeUrl ToUrl();
}

/// <summary>A name that a registry replaces by another reference.</summary>
/// <param name="Id">The name.</param>
public sealed record IndirectReference(string Id) : FlakeReference
{
    /// <summary>Gets the branch or tag, or null.</summary>
    public string? Ref { get; init; }

    internal override FlakeUrl ToUrl() => FlakeUrl.OfSegments("flake", [Id, Ref, Rev]);
}

/// <summary>A file or folder of this machine, as it is.</summary>
/// <param name="Path">Its path.</param>
public sealed record PathReference(string Path) : FlakeReference
{
    internal override FlakeUrl ToUrl() => FlakeUrl.OfPath("path", null, Path).WithLock(this);
}

/// <summary>A repository that git clones.</summary>
/// <param name="Url">Where it is, without <c>git+</c>.</param>
public sealed record GitReference(FlakeUrl Url) : FlakeReference
{
    /// <summary>Gets the branch or tag, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>Gets whether the history need not be fetched.</summary>
    public bool Shallow { get; init; }

    /// <summary>Gets whether submodules belong to the tree.</summary>
    public bool Submodules { get; init; }

    /// <summary>Gets whether large files are fetched from where git-lfs keeps them.</summary>
    public bool Lfs { get; init; }

    /// <summary>Gets whether what <c>export-ignore</c> marks is left out of the tree.</summary>
    public bool ExportIgnore { get; init; }

    /// <summary>Gets whether the commit is looked for on all branches.</summary>
    public bool AllRefs { get; init; }

    /// <summary>Gets whether a signature of the commit is demanded.</summary>
    public bool VerifyCommit { get; init; }

    /// <summary>Gets the type of the key that signs, or null.</summary>
    public string? KeyType { get; init; }

    /// <summary>Gets the key that signs, or null.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Gets the keys that may sign, as JSON; or null.</summary>
    public string? PublicKeys { get; init; }

    internal override FlakeUrl ToUrl()
    {
        FlakeUrl url = Url.Scheme == "git" ? Url : Url.WithScheme($"git+{Url.Scheme}");
        return url.WithLock(this)
            .WithParameter("ref", Ref)
            .WithFlag("shallow", Shallow)
            .WithFlag("submodules", Submodules)
            .WithFlag("lfs", Lfs)
            .WithFlag("exportIgnore", ExportIgnore)
            .WithFlag("allRefs", AllRefs)
            .WithFlag("verifyCommit", VerifyCommit)
            .WithParameter("keytype", KeyType)
            .WithParameter("publicKey", PublicKey)
            .WithParameter("publicKeys", PublicKeys);
    }
}

/// <summary>A repository of Mercurial.</summary>
/// <param name="Url">Where it is, without <c>hg+</c>.</param>
public sealed record MercurialReference(FlakeUrl Url) : FlakeReference
{
    /// <summary>Gets the branch or tag, or null.</summary>
    public string? Ref { get; init; }

    internal override FlakeUrl ToUrl() =>
        Url.WithScheme($"hg+{Url.Scheme}").WithLock(this).WithParameter("ref", Ref);
}

/// <summary>An archive that is downloaded and unpacked.</summary>
/// <param name="Url">Where it is: of <c>http</c>, <c>https</c> or <c>file</c>.</param>
public sealed record TarballReference(FlakeUrl Url) : FlakeReference
{
    internal override FlakeUrl ToUrl() => Url.WithLock(this);
}

/// <summary>A file that is downloaded and taken as it is.</summary>
/// <param name="Url">Where it is: of <c>http</c>, <c>https</c> or <c>file</c>.</param>
public sealed record FileReference(FlakeUrl Url) : FlakeReference
{
    internal override FlakeUrl ToUrl() => Url.WithScheme($"file+{Url.Scheme}").WithLock(this);
}

/// <summary>A repository of a forge.</summary>
/// <param name="Forge">The forge.</param>
/// <param name="Owner">Who has the repository; may have slashes in it.</param>
/// <param name="Repository">Its name.</param>
public sealed record ForgeReference(Forge Forge, string Owner, string Repository) : FlakeReference
{
    /// <summary>Gets the branch or tag, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>Gets the host; null for that of the forge.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the repository as git clones it.</summary>
    public GitReference ToGit() =>
        new(Forge.GetCloneUrl(Host ?? Forge.DefaultHost, Owner, Repository))
        {
            Ref = Ref,
            Rev = Rev,
            NarHash = NarHash,
            LastModified = LastModified,
            Dir = Dir,
        };

    internal override FlakeUrl ToUrl()
    {
        // In the path it would be read as a commit.
        bool looksLikeCommit = Ref is not null && CommitHash.IsOne(Ref);
        return FlakeUrl.OfSegments(Forge.Name, [Owner, Repository, looksLikeCommit ? null : Ref, Rev])
            .WithParameter("ref", looksLikeCommit ? Ref : null)
            .WithParameter("host", Host)
            .WithParameter("narHash", NarHash?.ToSri());
    }
}
