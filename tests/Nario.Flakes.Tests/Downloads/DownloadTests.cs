using System.Text;
using Nario.Flakes.Tests.Support;
using static Nario.Flakes.Tests.Support.StaticServer;

namespace Nario.Flakes.Tests.Downloads;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Tar = new TarBuilder().File("top/file").File("top/other", new string('x', 100_000)).ToArray();

    private static readonly byte[] Random = MakeRandom();

    private readonly Support.Cloning _cloning = new();
    private readonly StaticServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _cloning.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("tarball+")]
    public void An_archive_is_unpacked(string prefix)
    {
        _server.Serve("/a?x=1", TarBuilder.Gzip(Tar));

        _cloning.Clone($"{prefix}{_server.Url}/a?x=1&name=ignored");

        Assert.Equal(["f file", "f other"], _cloning.Listing());
        Assert.StartsWith("nario/", Assert.Single(_server.Requests).Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_taken_as_it_is()
    {
        _server.Serve("/%2B%20a", Random);

        _cloning.Clone($"file+{_server.Url}/+%20a");

        Assert.Equal(Random, File.ReadAllBytes(_cloning.Destination));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void Encodings_of_the_server_are_undone(string encoding)
    {
        using MemoryStream output = new();
        using (Stream encoder = encoding switch
        {
            "gzip" => new System.IO.Compression.GZipStream(output, System.IO.Compression.CompressionMode.Compress),
            "br" => new System.IO.Compression.BrotliStream(output, System.IO.Compression.CompressionMode.Compress),
            _ => (Stream)new System.IO.Compression.ZLibStream(output, System.IO.Compression.CompressionMode.Compress),
        })
        {
            encoder.Write(Random);
        }

        _server.Serve("/a", output.ToArray(), ("Content-Encoding", encoding));

        _cloning.Clone($"file+{_server.Url}/a");

        Assert.Equal(Random, File.ReadAllBytes(_cloning.Destination));
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(410, 1)]
    [InlineData(401, 1)]
    [InlineData(403, 1)]
    [InlineData(500, 2)]
    [InlineData(503, 2)]
    [InlineData(429, 2)]
    public void Errors_that_may_pass_are_tried_again(int status, int attempts)
    {
        Configure(attempts: 2);
        _server.Route("/a", _ => new Answer(status));

        Assert.Equal($"unable to download '{_server.Url}/a': HTTP error {status}", _cloning.Fail($"{_server.Url}/a"));
        Assert.Equal(attempts, _server.Requests.Count);
    }

    [Fact]
    public void Nobody_answers()
    {
        Configure(attempts: 1);
        string url = _server.Url;
        _server.Dispose();

        Assert.StartsWith($"unable to download '{url}/a': ", _cloning.Fail($"{url}/a"), StringComparison.Ordinal);
    }

    /// <summary>With something that identifies the file, only the rest is asked for.</summary>
    [Theory]
    [InlineData("ETag", "\"one\"")]
    [InlineData("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")]
    public void What_ends_early_goes_on_where_it_stopped(string header, string value)
    {
        _server.Route("/a", request => request.Headers.TryGetValue("Range", out string? range)
            ? new Answer(206)
            {
                Body = Random[Start(range)..],
                Headers = [(header, value), ("Content-Range", $"bytes {Start(range)}-{Random.Length - 1}/{Random.Length}")],
                CutAfter = Start(range) < 200_000 ? 100_000 : null,
            }
            : new Answer(200) { Body = Random, Headers = [(header, value)], CutAfter = 100_000 });

        _cloning.Clone($"file+{_server.Url}/a");

        Assert.Equal(Random, File.ReadAllBytes(_cloning.Destination));
        Assert.Equal(value, _server.Requests[1].Headers["If-Range"]);
        Assert.True(_server.Requests.Count >= 3);
    }

    /// <summary>Without, the beginning comes again, and must be the same.</summary>
    [Fact]
    public void What_ends_early_is_read_again_from_a_server_without_ranges()
    {
        int count = 0;
        _server.Route("/a", _ => new Answer(200) { Body = Random, CutAfter = ++count < 3 ? 100_000 * count : null });

        _cloning.Clone($"file+{_server.Url}/a");

        Assert.Equal(Random, File.ReadAllBytes(_cloning.Destination));
        Assert.Equal(3, count);
    }

    [Fact]
    public void What_has_changed_meanwhile_is_refused()
    {
        int count = 0;
        byte[] other = [.. Random];
        other[5]++;
        _server.Route("/a", _ => count++ == 0
            ? new Answer(200) { Body = Random, CutAfter = 100_000, Headers = [("ETag", "\"one\"")] }
            : new Answer(200) { Body = other, Headers = [("ETag", "\"two\"")] });

        Assert.Equal($"unable to download '{_server.Url}/a': it has changed meanwhile", _cloning.Fail($"file+{_server.Url}/a"));
    }

    [Fact]
    public void A_server_that_gives_the_wrong_part()
    {
        _server.Route("/a", request => request.Headers.ContainsKey("Range")
            ? new Answer(206) { Body = Random, Headers = [("Content-Range", $"bytes 0-{Random.Length - 1}/{Random.Length}")] }
            : new Answer(200) { Body = Random, CutAfter = 100_000, Headers = [("ETag", "\"one\"")] });

        Assert.Equal($"unable to download '{_server.Url}/a': the server gives another part", _cloning.Fail($"file+{_server.Url}/a"));
    }

    /// <summary>A server that says nothing more is left after a while, and a word is said before.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void A_server_that_stalls(int length)
    {
        Configure(attempts: 2, stalled: TimeSpan.FromSeconds(3));
        int count = 0;
        _server.Route("/a", _ => count++ == 0
            ? new Answer(200) { Body = Random, CutAfter = length, Stalls = true, Headers = [("ETag", "\"one\"")] }
            : new Answer(200) { Body = Random, Headers = [("ETag", "\"one\"")] });

        _cloning.Clone($"file+{_server.Url}/a");

        Assert.Equal(Random, File.ReadAllBytes(_cloning.Destination));
        Assert.Contains($"warning: waiting for the server of '{_server.Url}/a'...", _cloning.Messages);
        Assert.Contains(_cloning.Messages, static text => text.Contains("nothing came for 3 s", StringComparison.Ordinal));
    }

    [Fact]
    public void Redirects_are_followed()
    {
        _server.Route("/a", static _ => new Answer(302) { Headers = [("Location", "b?y=%2B")] });
        _server.Route("/b?y=%2B", request => new Answer(308) { Headers = [("Location", $"{_server.Url}/c")] });
        _server.Serve("/c", Tar);

        _cloning.Clone($"{_server.Url}/a");

        Assert.Equal(["f file", "f other"], _cloning.Listing());
    }

    [Theory]
    [InlineData("ftp://h/x", "redirected to 'ftp'")]
    [InlineData("file:///etc/passwd", "redirected to 'file'")]
    [InlineData("/a", "more than 10 redirects")]
    public void Redirects_that_are_refused(string target, string fault)
    {
        _server.Route("/a", _ => new Answer(302) { Headers = [("Location", target)] });

        Assert.Equal($"unable to download '{_server.Url}/a': {fault}", _cloning.Fail($"{_server.Url}/a"));
    }

    [Fact]
    public void The_server_tells_where_it_keeps_the_tree()
    {
        string commit = new('e', 40);
        _server.Route("/a", _ => new Answer(302)
        {
            Headers =
            [
                ("Location", "/b"), ("link", $"<https://h/kept.tar.gz?rev={commit}&revCount=7>; REL=\"immutable\""),
            ],
        });
        _server.Serve("/b", Tar, ("Link", "<https://h/other>; rel=\"next\""));

        CloneResult result = _cloning.Clone($"{_server.Url}/a?rev={commit}");

        Assert.Equal($"https://h/kept.tar.gz?rev={commit}&revCount=7", result.Immutable!.ToString());
        Assert.Equal("7", _cloning.Fail<PinMismatchException>($"{_server.Url}/a?revCount=8", "x").Actual);
    }

    [Theory]
    [InlineData("github:a/b", "tarball 'Link' headers that redirect to non-tarball URLs are not supported")]
    [InlineData("relative", "tarball 'Link' headers that redirect to non-tarball URLs are not supported")]
    [InlineData("http://[", "the server's 'Link' header has no flake reference: invalid IPv6 address (column 8)")]
    public void Links_that_are_none(string link, string message)
    {
        _server.Serve("/a", Tar, ("Link", $"<{link}>; rel=\"immutable\""));

        Assert.Equal(message, _cloning.Fail($"{_server.Url}/a"));
    }

    [Fact]
    public void A_wrong_hash_leaves_nothing()
    {
        _server.Serve("/a", Tar);
        _cloning.Options = _cloning.Options with { ComputesHash = true };
        string hash = _cloning.Clone($"{_server.Url}/a").NarHash!.ToSri();

        _cloning.Clone($"{_server.Url}/a?narHash={Uri.EscapeDataString(hash)}", "again");
        Assert.Equal(hash, _cloning.Fail<PinMismatchException>($"{_server.Url}/a?narHash=", "wrong").Actual);
    }

    [Fact]
    public void Logins_of_the_url_and_of_netrc()
    {
        _server.Route("/a", static request => request.Headers.TryGetValue("Authorization", out string? value)
            ? new Answer(200) { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(value.Split(' ')[1]))) }
            : new Answer(401));
        Assert.Contains("HTTP error 401", _cloning.Fail($"file+{_server.Url}/a"), StringComparison.Ordinal);

        _cloning.Clone($"file+{_server.Url.Replace("://", "://user:p%40ss@", StringComparison.Ordinal)}/a");
        Assert.Equal("user:p@ss", File.ReadAllText(_cloning.Destination));

        Configure(netrc: _cloning.AddFile("netrc", "# mine\nmachine other login no password no\nmachine 127.0.0.1\n login me\n password it"));
        _cloning.Clone($"file+{_server.Url}/a", "second");
        Assert.Equal("me:it", File.ReadAllText(_cloning.Join("second")));
        Assert.DoesNotContain(_cloning.Messages, static text => text.Contains("p@ss", StringComparison.Ordinal)
            || text.Contains("p%40ss", StringComparison.Ordinal));
    }

    [Fact]
    public void A_login_goes_to_no_other_host()
    {
        using StaticServer other = new();
        other.Serve("/b", Random);
        _server.Route("/a", _ => new Answer(302)
        {
            Headers = [("Location", $"{other.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/b")],
        });
        Configure(
            netrc: _cloning.AddFile("netrc", "machine 127.0.0.1 login me password it"),
            tokens: ["127.0.0.1=token"]);

        _cloning.Clone($"file+{_server.Url}/a");

        Assert.True(_server.Requests[0].Headers.ContainsKey("Authorization"));
        Assert.False(other.Requests[0].Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("127.0.0.1=abc", "Authorization", "Bearer abc")]
    [InlineData("127.0.0.1/owner=abc", "Authorization", "Bearer abc")]
    [InlineData("127.0.0.1=no 127.0.0.1/owner/repo=abc", "Authorization", "Bearer abc")]
    [InlineData("127.0.0.1=PAT:abc", "Private-token", "abc")]
    [InlineData("127.0.0.1=OAuth2:abc", "Authorization", "Bearer abc")]
    [InlineData("127.0.0.1/own=abc", "Authorization", null)]
    [InlineData("other=abc", "Authorization", null)]
    public void Tokens(string setting, string header, string? expected)
    {
        _server.Serve("/owner/repo/a", Random);
        Configure(tokens: setting.Split(' '));

        _cloning.Clone($"file+{_server.Url}/owner/repo/a");

        Assert.Equal(expected, _server.Requests[0].Headers.GetValueOrDefault(header));
    }

    [Fact]
    public void Offline_nothing_is_asked_for()
    {
        _server.Serve("/a", Tar);
        _cloning.Options = _cloning.Options with { IsOffline = true };

        Assert.Equal($"cannot fetch '{_server.Url}/a' in offline mode", _cloning.Fail($"{_server.Url}/a"));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void Too_much_is_refused()
    {
        _server.Serve("/a", Random);
        _cloning.Options = _cloning.Options with { Limits = new UnpackLimits { MaxSize = 1000 } };

        Assert.Equal(
            "unpacked, the input has more than 1000 bytes; --max-size allows more", _cloning.Fail($"file+{_server.Url}/a"));
    }

    [Fact]
    public void Bytes_are_counted_with_their_total()
    {
        long? total = null;
        _cloning.Options = _cloning.Options with
        {
            Watch = (stream, length) =>
            {
                total = length;
                return stream;
            },
        };
        _server.Serve("/a", Random);

        _cloning.Clone($"file+{_server.Url}/a");

        Assert.Equal(Random.Length, total);
    }

    private static int Start(string range) => int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] MakeRandom()
    {
        byte[] bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private void Configure(
        int attempts = 5, TimeSpan? stalled = null, string? netrc = null, IReadOnlyList<string>? tokens = null) =>
        _cloning.Options = _cloning.Options with
        {
            Configuration = _cloning.Options.Configuration with
            {
                DownloadAttempts = attempts,
                StalledDownloadTimeout = stalled ?? TimeSpan.FromSeconds(60),
                NetrcFile = netrc,
                AccessTokens = tokens ?? [],
            },
        };
}
