using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nario.Store;

namespace Nario.Flakes.References;

/// <summary>A URL as flake references have them. Compared by what it prints.</summary>
/// <remarks>
/// RFC 3986, with a few more characters allowed where Nix allows them. The path is cut at slashes before its segments
/// are decoded, so that a segment can hold an encoded slash. It is printed with the parameters of its query in the order
/// of their names, and with only those characters encoded that need it.
/// </remarks>
public sealed class FlakeUrl : IEquatable<FlakeUrl>
{
    private const string SubDelimiters = "!$&'()*+,;=";

    private const string Unreserved = "-._~";

    private const string PathCharacters = Unreserved + SubDelimiters + ":@/%";

    private const string QueryCharacters = PathCharacters + "? \"";

    private const string FragmentCharacters = QueryCharacters + "^";

    private const string KeptInPath = ":@";

    private const string KeptInQuery = ":@/?";

    private const int MaxPort = 65535;

    private readonly string _text;

    private FlakeUrl(
        string scheme, UrlAuthority? authority, ImmutableArray<string> segments, ImmutableSortedDictionary<string, string> query)
    {
        Scheme = scheme;
        Authority = authority;
        Segments = segments;
        Query = query;
        _text = Print(authority?.ToString());
    }

    /// <summary>Gets the scheme, as written.</summary>
    public string Scheme { get; }

    /// <summary>Gets what follows <c>//</c>; null when there is no <c>//</c>.</summary>
    public UrlAuthority? Authority { get; }

    /// <summary>Gets the decoded parts of the path between slashes; a path that begins with one has an empty first
    /// part.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>Gets the decoded parameters.</summary>
    public ImmutableSortedDictionary<string, string> Query { get; }

    /// <summary>Gets the parts of the path that are not empty.</summary>
    internal IEnumerable<string> NonEmptySegments => Segments.Where(static segment => segment.Length > 0);

    /// <summary>Gets what the scheme says before its first <c>+</c>, or null.</summary>
    internal string? Application =>
        Scheme.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus ? Scheme[..plus] : null;

    /// <summary>Gets how the URL is reached: what the scheme says after its first <c>+</c>, or all of it.</summary>
    internal string Transport => Scheme[(Scheme.IndexOf('+', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="fragment">What follows <c>#</c>, decoded.</param>
    /// <param name="warn">Takes what of the query is ignored.</param>
    /// <exception cref="FlakeReferenceException">It is none.</exception>
    internal static FlakeUrl Parse(string text, out string fragment, Action<string> warn)
    {
        int schemeLength = FindScheme(text);
        if (schemeLength < 0)
        {
            throw FlakeReferenceException.At($"'{PublicText.Of(text)}' doesn't have a scheme", 0);
        }

        int end = text.Length;
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        fragment = string.Empty;
        if (hash >= 0)
        {
            fragment = ParseFragment(text, hash + 1);
            end = hash;
        }

        int question = text.IndexOf('?', 0, end);
        ImmutableSortedDictionary<string, string> query = Empty;
        if (question >= 0)
        {
            Check(text, question + 1, end, QueryCharacters);
            query = ParseQuery(text, question + 1, end, warn);
            end = question;
        }

        int start = schemeLength + 1;
        UrlAuthority? authority = null;
        if (text.AsSpan(start, end - start).StartsWith("//"))
        {
            int slash = text.IndexOf('/', start + 2, end - start - 2);
            int authorityEnd = slash < 0 ? end : slash;
            authority = ParseAuthority(text, start + 2, authorityEnd);
            start = authorityEnd;
        }

        Check(text, start, end, PathCharacters);
        return new FlakeUrl(text[..schemeLength], authority, SplitPath(text, start, end), query);
    }

    /// <summary>Makes a URL of parts that are not encoded.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="authority">What follows <c>//</c>; null for a URL without.</param>
    /// <param name="path">The path; its slashes separate segments.</param>
    internal static FlakeUrl OfPath(string scheme, UrlAuthority? authority, string path) =>
        new(scheme, authority, [.. path.Split('/')], Empty);

    /// <summary>Makes a URL of the segments that there are, none of which is cut.</summary>
    internal static FlakeUrl OfSegments(string scheme, IEnumerable<string?> segments) =>
        new(scheme, null, [.. segments.OfType<string>()], Empty);

    /// <summary>Prints a number of a parameter.</summary>
    internal static string? PrintNumber(ulong? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes the same URL with what a reference pins as parameters.</summary>
    internal FlakeUrl WithLock(FlakeReference reference) =>
        WithParameter("rev", reference.Rev)
            .WithParameter("narHash", reference.NarHash?.ToSri())
            .WithParameter("revCount", PrintNumber(reference.RevCount))
            .WithParameter("lastModified", PrintNumber(reference.LastModified));

    /// <summary>Makes the same URL with a parameter that is 1, if it is set.</summary>
    internal FlakeUrl WithFlag(string name, bool isSet) => isSet ? WithParameter(name, "1") : this;

    /// <summary>Makes the same URL with another query.</summary>
    internal FlakeUrl WithQuery(ImmutableSortedDictionary<string, string> query) => new(Scheme, Authority, Segments, query);

    /// <summary>Makes the same URL with another scheme.</summary>
    internal FlakeUrl WithScheme(string scheme) => new(scheme, Authority, Segments, Query);

    /// <summary>Makes the same URL with one parameter more, unless it has no value.</summary>
    internal FlakeUrl WithParameter(string name, string? value) =>
        value is null ? this : WithQuery(Query.SetItem(name, value));

    /// <summary>Makes the same URL with another path.</summary>
    internal FlakeUrl WithPath(string path) => new(Scheme, Authority, [.. path.Split('/')], Query);

    /// <summary>Gets the decoded path as that of a file.</summary>
    /// <exception cref="FlakeReferenceException">A segment has a slash or a NUL in it.</exception>
    internal string GetFilePath()
    {
        foreach (string segment in Segments)
        {
            if (segment.Contains('/', StringComparison.Ordinal))
            {
                throw FlakeReferenceException.At(
                    $"URL path component '{EscapedText.FromText(segment)}' contains '/', which is not allowed in file names", 0);
            }

            if (segment.Contains('\0', StringComparison.Ordinal))
            {
                throw FlakeReferenceException.At(
                    $"URL path component '{EscapedText.FromText(segment)}' contains NUL byte which is not allowed", 0);
            }
        }

        return string.Join('/', Segments);
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <summary>Gets the URL without what lets somebody in, and without what could steer a terminal: for messages.</summary>
    public string ToPublicText() => PublicText.Of(_text);

    /// <inheritdoc/>
    public bool Equals(FlakeUrl? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FlakeUrl);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    internal static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Reads the text after <c>#</c>.</summary>
    internal static string ParseFragment(string text, int start)
    {
        Check(text, start, text.Length, FragmentCharacters);
        return PercentText.Decode(text.AsSpan(start), start + 1);
    }

    /// <summary>Reads parameters; the first of two with one name counts.</summary>
    internal static ImmutableSortedDictionary<string, string> ParseQuery(
        string text, int start, int end, Action<string> warn)
    {
        ImmutableSortedDictionary<string, string>.Builder query = Empty.ToBuilder();
        for (int partStart = start; partStart < end;)
        {
            int ampersand = text.IndexOf('&', partStart, end - partStart);
            int partEnd = ampersand < 0 ? end : ampersand;
            AddParameter(query, text, partStart, partEnd, warn);
            partStart = partEnd + 1;
        }

        return query.ToImmutable();
    }

    /// <summary>Gets the length of the scheme, or -1.</summary>
    internal static int FindScheme(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && char.IsAsciiLetter(text[0])
            && text.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0
                ? colon
                : -1;
    }

    private static SearchValues<char> SchemeCharacters { get; } = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static void AddParameter(
        ImmutableSortedDictionary<string, string>.Builder query, string text, int start, int end, Action<string> warn)
    {
        if (start == end)
        {
            return;
        }

        int equals = text.IndexOf('=', start, end - start);
        if (equals < 0)
        {
            warn($"dubious URI query '{EscapedText.FromText(text.AsSpan(start, end - start))}' is missing equal sign '=', ignoring");
            return;
        }

        string name = PercentText.Decode(text.AsSpan(start, equals - start), start + 1);
        string value = PercentText.Decode(text.AsSpan(equals + 1, end - equals - 1), equals + 2);
        if (!query.TryAdd(name, value))
        {
            warn($"parameter '{EscapedText.FromText(name)}' is given more than once, the first value counts");
        }
    }

    private static UrlAuthority ParseAuthority(string text, int start, int end)
    {
        string? user = null;
        string? password = null;
        int at = text.LastIndexOf('@', end - 1, end - start);
        if (at >= 0)
        {
            int colon = text.IndexOf(':', start, at - start);
            Check(text, start, at, Unreserved + SubDelimiters + ":%");
            user = PercentText.Decode(text.AsSpan(start, (colon < 0 ? at : colon) - start), start + 1);
            password = colon < 0 ? null : PercentText.Decode(text.AsSpan(colon + 1, at - colon - 1), colon + 2);
            start = at + 1;
        }

        int hostEnd = FindHostEnd(text, start, end);
        int? port = null;
        if (hostEnd < end && hostEnd + 1 < end)
        {
            ReadOnlySpan<char> digits = text.AsSpan(hostEnd + 1, end - hostEnd - 1);
            port = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number is > 0 and <= MaxPort
                    ? number
                    : throw FlakeReferenceException.At($"port '{EscapedText.FromText(digits)}' is invalid", hostEnd + 2);
        }

        return new UrlAuthority(text[start..hostEnd]) { User = user, Password = password, Port = port };
    }

    private static int FindHostEnd(string text, int start, int end)
    {
        if (start < end && text[start] == '[')
        {
            int bracket = text.IndexOf(']', start, end - start);
            if (bracket < 0 || (bracket + 1 < end && text[bracket + 1] != ':'))
            {
                throw FlakeReferenceException.At("invalid IPv6 address", start + 1);
            }

            Check(text, start + 1, bracket, Unreserved + ":%");
            return bracket + 1;
        }

        int colon = text.IndexOf(':', start, end - start);
        int hostEnd = colon < 0 ? end : colon;
        Check(text, start, hostEnd, Unreserved + SubDelimiters + "%");
        return hostEnd;
    }

    private static ImmutableArray<string> SplitPath(string text, int start, int end)
    {
        ImmutableArray<string>.Builder segments = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            int slash = text.IndexOf('/', start, end - start);
            int segmentEnd = slash < 0 ? end : slash;
            segments.Add(PercentText.Decode(text.AsSpan(start, segmentEnd - start), start + 1));
            if (slash < 0)
            {
                return segments.ToImmutable();
            }

            start = slash + 1;
        }
    }

    private static void Check(string text, int start, int end, string allowed)
    {
        for (int index = start; index < end; index++)
        {
            char character = text[index];
            if (!char.IsAsciiLetterOrDigit(character) && !allowed.Contains(character))
            {
                throw FlakeReferenceException.At(
                    $"'{PublicText.Of(text)}' is not a valid URL: unexpected character '{EscapedText.FromText([character])}'",
                    index + 1);
            }
        }
    }

    private string Print(string? authority)
    {
        StringBuilder text = new(Scheme);
        text.Append(':');
        if (authority is not null)
        {
            text.Append("//").Append(authority);
        }

        text.AppendJoin('/', Segments.Select(static segment => PercentText.Encode(segment, KeptInPath)));
        char separator = '?';
        foreach ((string name, string value) in Query)
        {
            text.Append(separator)
                .Append(PercentText.Encode(name, KeptInQuery))
                .Append('=')
                .Append(PercentText.Encode(value, KeptInQuery));
            separator = '&';
        }

        return text.ToString();
    }
}
