using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Nario.Flakes.Fetching;
using Nario.Flakes.References;
using Nario.Flakes.Unpacking;
using Nario.Store;
using Nario.Store.Configuration;
using ZstdSharp;

namespace Nario.Flakes.Downloads;

/// <summary>Gets files over HTTP: through redirects and proxies, with the user's logins, again when it fails midway.</summary>
/// <remarks>
/// A login goes to the host that it is for and to no other; what a URL says counts before the file of logins, and that before
/// a token. A redirect from https to http is refused. Proxies are those that the environment names.
/// </remarks>
internal sealed class Downloader : IDisposable
{
    private const int MaxRedirects = 10;

    private const string AgentName = "nario";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client;
    private readonly FetchContext _context;
    private readonly NixConfiguration _settings;
    private readonly AccessTokens _tokens;
    private Netrc? _netrc;

    /// <summary>Makes a downloader.</summary>
    public Downloader(FetchContext context)
    {
        _context = context;
        _settings = context.Options.Configuration;
        _tokens = new AccessTokens(_settings.AccessTokens);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = _settings.ConnectTimeout,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(
            AgentName, typeof(Downloader).Assembly.GetName().Version?.ToString(3)));
    }

    /// <summary>Opens a file of a server.</summary>
    /// <param name="url">Its URL.</param>
    /// <returns>The answer; its body goes on after a failure by itself.</returns>
    /// <exception cref="FlakeException">It cannot be got.</exception>
    public Download Open(FlakeUrl url)
    {
        _context.RequireNetwork(url.ToPublicText());
        HttpAnswer answer = Repeat(url.ToPublicText(), () => Send(url, HttpRange.All));
        ResumingStream body = new(answer, url, this, _context);
        IReadOnlyList<string> encodings = [.. answer.Response.Content.Headers.ContentEncoding];
        long? length = answer.Response.Content.Headers.ContentLength;
        Stream watched = _context.Options.Watch(body, length);
        return new Download(Decode(watched, encodings), length, answer.Link);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Tries something until it works, its failure is final, or it has failed too often.</summary>
    internal T Repeat<T>(string shown, Func<T> attempt)
    {
        for (int count = 1; ; count++)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            try
            {
                return attempt();
            }
            catch (DownloadException error) when (error.IsTransient && count < _settings.DownloadAttempts)
            {
                TimeSpan delay = FirstDelay * Math.Pow(2, count - 1);
                _context.Warn(string.Create(
                    CultureInfo.InvariantCulture, $"{error.Message}; trying '{shown}' again in {delay.TotalMilliseconds:F0} ms"));
                _context.Cancellation.WaitHandle.WaitOne(delay);
            }
        }
    }

    /// <summary>Sends one request, and those that redirects lead to.</summary>
    /// <param name="url">What is wanted.</param>
    /// <param name="range">Which part of it.</param>
    /// <exception cref="DownloadException">The server cannot be reached or refuses.</exception>
    internal HttpAnswer Send(FlakeUrl url, HttpRange range)
    {
        string shown = url.ToPublicText();
        Uri place = MakeUri(url.ToString(), shown);
        string? link = null;
        for (int count = 0; count <= MaxRedirects; count++)
        {
            HttpResponseMessage response = SendOne(place, range, shown);
            link = FindLink(response) ?? link;
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.Created
                or HttpStatusCode.NoContent)
            {
                return new HttpAnswer(response, link);
            }

            using (response)
            {
                place = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
                    or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                    && response.Headers.Location is { } location
                        ? Follow(place, location, shown)
                        : throw DownloadException.OfStatus(shown, response.StatusCode);
            }
        }

        throw new DownloadException($"unable to download '{shown}': more than {MaxRedirects} redirects", isTransient: false);
    }

    /// <summary>Waits for something of a server, with a word after two seconds, but not forever.</summary>
    /// <param name="start">Begins it.</param>
    /// <param name="shown">What is downloaded, fit for a message.</param>
    internal T Await<T>(Func<CancellationToken, Task<T>> start, string shown)
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(_context.Cancellation);
        source.CancelAfter(_settings.StalledDownloadTimeout);
        try
        {
            Task<T> task = start(source.Token);
            if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience))
            {
                _context.Warn($"waiting for the server of '{shown}'...");
            }

            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!_context.Cancellation.IsCancellationRequested)
        {
            throw new DownloadException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"unable to download '{shown}': nothing came for {_settings.StalledDownloadTimeout.TotalSeconds:0.###} s"),
                isTransient: true);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            throw new DownloadException(
                $"unable to download '{shown}': {PublicText.Of(FindReason(error))}", isTransient: true);
        }
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static string FindReason(Exception error) =>
        (error.InnerException is { } inner ? FindReason(inner) : error.Message).TrimEnd('.');

    private static Uri MakeUri(string text, string shown) =>
        Uri.TryCreate(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out Uri? uri)
        && uri is { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? uri
            : throw new DownloadException($"unable to download '{shown}': not a URL of HTTP", isTransient: false);

    private static Uri Follow(Uri from, Uri location, string shown)
    {
        Uri target = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (target.Scheme is not ("http" or "https"))
        {
            throw new DownloadException(
                $"unable to download '{shown}': redirected to '{PublicText.Of(target.Scheme)}'", isTransient: false);
        }

        return from.Scheme == "https" && target.Scheme == "http"
            ? throw new DownloadException($"unable to download '{shown}': redirected from https to http", isTransient: false)
            : target;
    }

    /// <summary>Gets the last value that has the form <c>&lt;URL&gt;; rel="immutable"</c>.</summary>
    private static string? FindLink(HttpResponseMessage response)
    {
        const string End = ">; rel=\"immutable\"";
        string? link = null;
        foreach (string name in (ReadOnlySpan<string>)["Link", "x-amz-meta-link"])
        {
            if (response.Headers.TryGetValues(name, out IEnumerable<string>? values))
            {
                foreach (string value in values)
                {
                    if (value.StartsWith('<') && value.EndsWith(End, StringComparison.OrdinalIgnoreCase)
                        && value.IndexOf('>', StringComparison.Ordinal) == value.Length - End.Length)
                    {
                        link = value[1..^End.Length];
                    }
                }
            }
        }

        return link;
    }

    private HttpResponseMessage SendOne(Uri place, HttpRange range, string shown)
    {
        // The login of a URL is in a header of its own.
        UriBuilder bare = new(place) { UserName = string.Empty, Password = string.Empty };
        using HttpRequestMessage request = new(
            HttpMethod.Get, place.UserInfo.Length > 0 ? MakeUri(bare.Uri.AbsoluteUri, shown) : place);
        if (range.Start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(range.Start, null);
            request.Headers.TryAddWithoutValidation("If-Range", range.Validator);
        }

        if (FindLogin(place) is { } login)
        {
            request.Headers.TryAddWithoutValidation(login.Name, login.Value);
        }

        return Await(token => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), shown);
    }

    private (string Name, string Value)? FindLogin(Uri place)
    {
        if (place.UserInfo.Length > 0)
        {
            string[] parts = place.UserInfo.Split(':', 2);
            return MakeBasic(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
        }

        IHost host = _context.Options.Host;
        _netrc ??= Netrc.Parse(host.ReadText(_settings.GetNetrcFile(host)) ?? string.Empty);
        if (_netrc.Find(place.Host) is { } login)
        {
            return MakeBasic(login.Login, login.Password);
        }

        // Nobody on the way may read a token.
        return place.Scheme == "https" || place.IsLoopback ? _tokens.Find(place.Host, place.AbsolutePath) : null;
    }

    private static (string Name, string Value) MakeBasic(string login, string password) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}"))}");

    private Stream Decode(Stream body, IReadOnlyList<string> encodings)
    {
        for (int index = encodings.Count - 1; index >= 0; index--)
        {
            string name = encodings[index];
            Stream source = body;
            Func<Stream>? decoder = name.ToLowerInvariant() switch
            {
                "identity" => null,
                "gzip" or "x-gzip" => () => Inflating.OpenGzip(source),
                "deflate" => () => Inflating.OpenZlib(source),
                "br" => () => new BrotliStream(source, CompressionMode.Decompress),
                "zstd" => () => new DecompressionStream(source, leaveOpen: false),
                _ => throw new DownloadException(
                    $"the server has encoded the content as '{EscapedText.FromText(name)}', which is not supported",
                    isTransient: false),
            };
            body = decoder is null
                ? body
                : new LimitedStream(
                    new DecodingStream(decoder, name), _context.Options.Limits.MaxSize, _context.Cancellation);
        }

        return body;
    }
}
