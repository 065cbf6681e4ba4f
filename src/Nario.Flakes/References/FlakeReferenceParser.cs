using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Nario.Store;
using Nario.Store.Hashes;

namespace Nario.Flakes.References;

/// <summary>Reads one reference. The three forms are tried in the order of Nix: shorthand, URL, path.</summary>
/// <param name="baseDirectory">Where relative paths start; null when paths are not looked at.</param>
/// <param name="notice">Is told where a flake is looked for; null: nobody is.</param>
internal sealed class FlakeReferenceParser(string? baseDirectory, Action<string>? notice)
{
    private const string HashSign = "#";

    private readonly List<string> _warnings = [];
    private string _text = string.Empty;

    /// <summary>Reads a reference.</summary>
    /// <exception cref="FlakeReferenceException">It is none.</exception>
    internal ParsedFlakeReference Parse(string text)
    {
        _text = text;
        if (text.IndexOfAny(['\n', '\r', '\0']) is >= 0 and var index)
        {
            throw new FlakeReferenceException($"invalid flakeref '{PublicText.Of(text)}'", index + 1);
        }

        string fragment;
        FlakeReference reference;
        if (IsShorthand())
        {
            FlakeUrl url = FlakeUrl.Parse($"flake:{text}", out fragment, _warnings.Add);
            try
            {
                reference = ParseIndirect(url);
            }
            catch (FlakeReferenceException error) when (error.MayBePath)
            {
                // A shorthand is never a path.
                throw new FlakeReferenceException(error.Message, error.Column);
            }
        }
        else if (FlakeUrl.FindScheme(text) < 0)
        {
            reference = ParsePath(null, out fragment);
        }
        else
        {
            try
            {
                FlakeUrl url = FlakeUrl.Parse(text, out fragment, _warnings.Add);
                reference = ParseUrl(url);
            }
            catch (FlakeReferenceException error) when (error.MayBePath)
            {
                _warnings.Clear();
                reference = ParsePath(error, out fragment);
            }
        }

        return new ParsedFlakeReference(reference, fragment, _warnings.AsReadOnly());
    }

    /// <summary>Gets whether the text is <c>ID[/REF][/REV]</c>, perhaps with a fragment.</summary>
    private bool IsShorthand()
    {
        int end = _text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? hash : _text.Length;
        ReadOnlySpan<char> name = _text.AsSpan(0, end);
        int slash = name.IndexOf('/');
        ReadOnlySpan<char> tail = slash < 0 ? default : name[(slash + 1)..];
        return IsFlakeId(slash < 0 ? name : name[..slash])
            && (slash < 0 || (tail.Length > 0 && GitRefName.IsShorthandStart(tail[0])))
            && !tail.ContainsAnyExcept(ShorthandCharacters);
    }

    private static SearchValues<char> ShorthandCharacters { get; } = SearchValues.Create(
        string.Concat(Enumerable.Range(' ', '\x7f' - ' ').Select(static code => (char)code).Where(GitRefName.IsShorthandCharacter)));

    internal static bool IsFlakeId(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
        {
            return false;
        }

        foreach (char character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private FlakeReference ParseUrl(FlakeUrl url)
    {
        if (url.Transport == "file" && url.Authority is { Host.Length: > 0 } authority)
        {
            throw At($"file:// URL '{Shown(url)}' has unexpected authority '{EscapedText.FromText(authority.ToPublicText())}'", authority.Host);
        }

        string? dir = url.Query.GetValueOrDefault("dir");
        FlakeUrl rest = url.WithQuery(url.Query.Remove("dir"));
        FlakeReference reference = (url.Application, url.Transport) switch
        {
            (null, "flake") => ParseIndirect(rest),
            (null, "path") => ParsePathUrl(rest),
            (null, "git") => ParseGit(rest),
            ("git", _) => ParseGit(rest.WithScheme(rest.Transport)),
            ("hg", "http" or "https" or "ssh" or "file") => ParseMercurial(rest.WithScheme(rest.Transport)),
            ("tarball", "http" or "https" or "file") => ParseTarball(rest.WithScheme(rest.Transport)),
            (null, "http" or "https" or "file") => ParseTarball(rest),
            ("file", "http" or "https" or "file") => ParseFile(rest.WithScheme(rest.Transport)),
            (null, var name) when Forge.Find(name) is { } forge => ParseForge(forge, rest),
            _ => throw Unsupported(url),
        };
        return dir is null ? reference : reference with { Dir = dir };
    }

    private FlakeReferenceException Unsupported(FlakeUrl url)
    {
        string[] parts = url.Scheme.Split('+');
        string hint = parts is [("file" or "http" or "https" or "ssh") and var first, ("git" or "hg" or "tarball") and var second]
            ? $"; did you mean '{second}+{first}' instead of '{url.Scheme}'?"
            : string.Empty;
        return new FlakeReferenceException($"input '{PublicText.Of(WithoutFragment())}' is unsupported{hint}", 1);
    }

    private IndirectReference ParseIndirect(FlakeUrl url)
    {
        string[] parts = [.. url.NonEmptySegments];
        string? reference = null;
        string? rev = null;
        switch (parts)
        {
            case [] or [_]:
                break;
            case [_, var second] when CommitHash.IsOne(second):
                rev = second;
                break;
            case [_, var second]:
                reference = GitRefName.IsValid(second)
                    ? second
                    : throw At(
                        $"in flake URL '{Shown(url)}', '{EscapedText.FromText(second)}' is not a commit hash or branch/tag name",
                        second);
                break;
            case [_, var second, var third]:
                reference = GitRefName.IsValid(second)
                    ? second
                    : throw At($"in flake URL '{Shown(url)}', '{EscapedText.FromText(second)}' is not a branch/tag name", second);
                rev = CommitHash.IsOne(third)
                    ? third
                    : throw At($"in flake URL '{Shown(url)}', '{EscapedText.FromText(third)}' is not a commit hash", third);
                break;
            default:
                throw At($"GitHub URL '{Shown(url)}' is invalid", parts[3]);
        }

        string id = parts is [var first, ..] ? first : string.Empty;
        if (!IsFlakeId(id))
        {
            throw At($"'{EscapedText.FromText(id)}' is not a valid flake ID", id);
        }

        foreach (string name in url.Query.Keys)
        {
            _warnings.Add($"parameter '{EscapedText.FromText(name)}' has no effect in '{Shown(url)}'");
        }

        return new IndirectReference(id) { Ref = reference, Rev = Lower(rev) };
    }

    private PathReference ParsePathUrl(FlakeUrl url)
    {
        if (url.Authority is { } authority && authority.ToString().Length > 0)
        {
            string shown = EscapedText.FromText(authority.ToPublicText());
            throw new FlakeReferenceException(
                $"path URL '{Shown(url)}' should not have an authority ('{shown}')", ColumnOf(authority.Host));
        }

        string path = url.GetFilePath();
        PathReference reference = new(baseDirectory is not null || path.StartsWith('/') ? MakeAbsolute(path) : path);
        foreach ((string name, string value) in url.Query)
        {
            reference = name switch
            {
                "rev" => reference with { Rev = ParseRev(value) },
                "narHash" => reference with { NarHash = ParseNarHash(value) },
                "revCount" => reference with { RevCount = ParsePathNumber(url, name, value) },
                "lastModified" => reference with { LastModified = ParsePathNumber(url, name, value) },
                _ => throw new FlakeReferenceException(
                    $"path URL '{Shown(url)}' has unsupported parameter '{EscapedText.FromText(name)}'", ColumnOf(name)),
            };
        }

        return reference;
    }

    private GitReference ParseGit(FlakeUrl url)
    {
        ImmutableSortedDictionary<string, string>.Builder rest = FlakeUrl.Empty.ToBuilder();
        GitReference reference = new(url);
        foreach ((string name, string value) in url.Query)
        {
            switch (name)
            {
                case "ref":
                    reference = reference with { Ref = ParseRef(value, GitRefName.IsValid, "Git") };
                    break;
                case "rev":
                    reference = reference with { Rev = ParseRev(value) };
                    break;
                case "keytype":
                    reference = reference with { KeyType = value };
                    break;
                case "publicKey":
                    reference = reference with { PublicKey = value };
                    break;
                case "publicKeys":
                    reference = reference with { PublicKeys = value };
                    break;
                case "shallow":
                    reference = reference with { Shallow = IsSet(value) };
                    break;
                case "submodules":
                    reference = reference with { Submodules = IsSet(value) };
                    break;
                case "lfs":
                    reference = reference with { Lfs = IsSet(value) };
                    break;
                case "exportIgnore":
                    reference = reference with { ExportIgnore = IsSet(value) };
                    break;
                case "allRefs":
                    reference = reference with { AllRefs = IsSet(value) };
                    break;
                case "verifyCommit":
                    reference = reference with { VerifyCommit = IsSet(value) };
                    break;
                default:
                    if (!TrySetLock(ref reference, name, value))
                    {
                        rest.Add(name, value);
                    }

                    break;
            }
        }

        return reference with { Url = MakeLocal(url.WithQuery(rest.ToImmutable())) };
    }

    private MercurialReference ParseMercurial(FlakeUrl url)
    {
        ImmutableSortedDictionary<string, string>.Builder rest = FlakeUrl.Empty.ToBuilder();
        MercurialReference reference = new(url);
        foreach ((string name, string value) in url.Query)
        {
            if (name == "ref")
            {
                reference = reference with { Ref = ParseRef(value, GitRefName.IsMercurialName, "Mercurial") };
            }
            else if (name == "rev")
            {
                reference = reference with { Rev = ParseRev(value) };
            }
            else if (!TrySetLock(ref reference, name, value))
            {
                rest.Add(name, value);
            }
        }

        return reference with { Url = MakeLocal(url.WithQuery(rest.ToImmutable())) };
    }

    private TarballReference ParseTarball(FlakeUrl url)
    {
        TarballReference reference = new(url);
        FlakeUrl rest = TakeLock(ref reference, url);
        return reference with { Url = rest };
    }

    private FileReference ParseFile(FlakeUrl url)
    {
        FileReference reference = new(url);
        FlakeUrl rest = TakeLock(ref reference, url);
        return reference with { Url = rest };
    }

    /// <summary>Sets what the query of a download pins.</summary>
    /// <returns>The URL that is requested.</returns>
    private FlakeUrl TakeLock<T>(ref T reference, FlakeUrl url)
        where T : FlakeReference
    {
        if (url.Scheme == "file" && (url.Segments is not [var first, _, ..] || first.Length > 0))
        {
            throw new FlakeReferenceException(
                $"tarball '{Shown(url)}' must use an absolute path. The 'file' scheme does not support relative paths.", 1);
        }

        ImmutableSortedDictionary<string, string>.Builder rest = FlakeUrl.Empty.ToBuilder();
        foreach ((string name, string value) in url.Query)
        {
            if (name == "rev")
            {
                reference = reference with { Rev = ParseRev(value) };
            }
            else if (!TrySetLock(ref reference, name, value) && name is not ("type" or "url" or "name" or "unpack"))
            {
                rest.Add(name, value);
            }
        }

        return url.WithQuery(rest.ToImmutable());
    }

    /// <summary>Sets a parameter of what is pinned, besides the commit.</summary>
    private bool TrySetLock<T>(ref T reference, string name, string value)
        where T : FlakeReference
    {
        switch (name)
        {
            case "narHash":
                reference = reference with { NarHash = ParseNarHash(value) };
                return true;
            case "revCount":
                reference = reference with { RevCount = ParseNumber(name, value) };
                return true;
            case "lastModified":
                reference = reference with { LastModified = ParseNumber(name, value) };
                return true;
            default:
                return false;
        }
    }

    private ForgeReference ParseForge(Forge forge, FlakeUrl url)
    {
        string[] parts = [.. url.NonEmptySegments];
        if (parts.Length < 2)
        {
            throw At($"URL '{Shown(url)}' is invalid", parts is [var only] ? only : forge.Name);
        }

        ForgeReference reference = new(forge, parts[0], parts[1]);
        string tail = string.Join('/', parts[2..]);
        if (parts.Length == 3 && CommitHash.IsOne(tail))
        {
            reference = reference with { Rev = Lower(tail) };
        }
        else if (parts.Length > 2)
        {
            string expected = parts.Length == 3 ? "a commit hash or branch/tag name" : "a branch/tag name";
            reference = GitRefName.IsValid(tail)
                ? reference with { Ref = tail }
                : throw At($"in URL '{Shown(url)}', '{EscapedText.FromText(tail)}' is not {expected}", parts[2]);
        }

        foreach ((string name, string value) in url.Query)
        {
            reference = name switch
            {
                "rev" => reference.Rev is null
                    ? reference with { Rev = ParseRev(value) }
                    : throw At($"URL '{Shown(url)}' contains multiple commit hashes", name),
                "ref" when !GitRefName.IsValid(value) => throw At($"URL '{Shown(url)}' contains an invalid branch/tag name", name),
                "ref" => reference.Ref is null
                    ? reference with { Ref = value }
                    : throw At($"URL '{Shown(url)}' contains multiple branch/tag names", name),
                "host" => IsHost(value)
                    ? reference with { Host = value }
                    : throw At($"URL '{Shown(url)}' contains an invalid instance host", name),
                "narHash" => reference with { NarHash = ParseNarHash(value) },
                _ => throw At($"URL '{Shown(url)}' contains unknown parameter '{EscapedText.FromText(name)}'", name),
            };
        }

        return reference is { Ref: { } branch, Rev: { } commit }
            ? throw At(
                $"URL '{Shown(url)}' contains both a commit hash and a branch/tag name {commit} {EscapedText.FromText(branch)}",
                commit)
            : reference;
    }

    internal static bool IsHost(string text) =>
        text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-');

    /// <summary>Reads the text as a path.</summary>
    /// <param name="urlError">What is wrong with it as a URL; null when it is none.</param>
    /// <param name="fragment">What follows <c>#</c>, decoded.</param>
    private FlakeReference ParsePath(FlakeReferenceException? urlError, out string fragment)
    {
        string path = WithoutFragment();
        int question = path.IndexOf('?', StringComparison.Ordinal);
        ImmutableSortedDictionary<string, string> query = question < 0
            ? FlakeUrl.Empty
            : FlakeUrl.ParseQuery(path, question + 1, path.Length, _warnings.Add);
        path = question < 0 ? path : path[..question];
        if (baseDirectory is null)
        {
            if (urlError is not null || !path.StartsWith('/'))
            {
                throw urlError ?? new FlakeReferenceException(
                    $"flake reference '{PublicText.Of(_text)}' is not an absolute path", 1);
            }

            fragment = DecodeFragment();
            return ParseUrl(FlakeUrl.OfPath("path", new UrlAuthority(string.Empty), MakeAbsolute(path)).WithQuery(query));
        }

        string? folder = RealPath.Find(MakeAbsolute(path));
        if (folder is null)
        {
            throw urlError ?? new FlakeReferenceException(
                $"getting status of \"{EscapedText.FromText(MakeAbsolute(path))}\": No such file or directory", 0);
        }

        fragment = DecodeFragment();
        return ParseUrl(FlakeFolderSearch.Find(folder, query, _warnings.Add, notice ?? (static _ => { })));
    }

    private string DecodeFragment() =>
        _text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash
            ? PercentText.Decode(_text.AsSpan(hash + 1), hash + 2)
            : string.Empty;

    private string WithoutFragment() => _text.Split(HashSign, 2)[0];

    private string MakeAbsolute(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, baseDirectory ?? "/"));

    private FlakeUrl MakeLocal(FlakeUrl url) =>
        url.Scheme == "file" && baseDirectory is not null && url.Segments is [var first, ..]
        && (first.Length > 0 || url.Segments.Length == 1)
            ? url.WithPath(MakeAbsolute(url.GetFilePath()))
            : url;

    private string ParseRef(string value, Func<string, bool> isValid, string system) => isValid(value)
        ? value
        : throw At($"invalid {system} branch/tag name '{EscapedText.FromText(value)}'", "ref=");

    private string ParseRev(string value) => Checked(value, CommitHash.Parse, "rev=");

    private NixHash ParseNarHash(string value) => Checked(value, NarHashText.Parse, "narHash=");

    private T Checked<T>(string value, Func<string, T> parse, string place)
    {
        try
        {
            return parse(value);
        }
        catch (StoreException error)
        {
            throw new FlakeReferenceException(error.Message, ColumnOf(place));
        }
    }

    private ulong? ParseNumber(string name, string value)
    {
        if (TryParseNumber(value) is { } number)
        {
            return number;
        }

        _warnings.Add($"parameter '{name}' is ignored: '{EscapedText.FromText(value)}' is not an integer");
        return null;
    }

    private ulong ParsePathNumber(FlakeUrl url, string name, string value) => TryParseNumber(value)
        ?? throw new FlakeReferenceException($"path URL '{Shown(url)}' has invalid parameter '{name}'", ColumnOf(name));

    private static ulong? TryParseNumber(string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    private static bool IsSet(string value) => value == "1";

    private static string? Lower(string? rev) => rev?.ToLowerInvariant();

    private static string Shown(FlakeUrl url) => url.ToPublicText();

    private FlakeReferenceException At(string message, string place) =>
        FlakeReferenceException.At(message, ColumnOf(place));

    private int ColumnOf(string place) =>
        place.Length == 0 ? 0 : _text.IndexOf(place, StringComparison.Ordinal) + 1;
}
