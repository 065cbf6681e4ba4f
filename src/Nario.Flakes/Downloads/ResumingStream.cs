using System.Net;
using System.Security.Cryptography;
using Nario.Flakes.Fetching;
using Nario.Flakes.References;
using Nario.Flakes.Unpacking;

namespace Nario.Flakes.Downloads;

/// <summary>The body of an answer. When it ends early, the rest is asked for, and what came before is not given again.</summary>
/// <remarks>
/// A server that knows ranges gives the rest, if the file is still the same by what identified it. Any other gives the whole
/// file again, whose beginning must have the same hash.
/// </remarks>
internal sealed class ResumingStream : ForwardStream
{
    private const int BlockLength = 64 * 1024;

    private readonly FlakeUrl _url;
    private readonly Downloader _downloader;
    private readonly FetchContext _context;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _block = new byte[BlockLength];
    private readonly string? _validator;
    private HttpResponseMessage _response;
    private Stream? _body;
    private long _position;
    private bool _isUsed;
    private bool _isOver;

    public ResumingStream(HttpAnswer answer, FlakeUrl url, Downloader downloader, FetchContext context)
    {
        _response = answer.Response;
        _url = url;
        _downloader = downloader;
        _context = context;
        _validator = _response.Headers.ETag is { IsWeak: false } tag
            ? tag.ToString()
            : _response.Content.Headers.LastModified?.ToString("R");
    }

    private string Shown => _url.ToPublicText();

    public override int Read(Span<byte> buffer)
    {
        if (_isOver || buffer.IsEmpty)
        {
            return 0;
        }

        int wanted = Math.Min(buffer.Length, _block.Length);
        int count = _downloader.Repeat(Shown, () => ReadOn(wanted));
        _isOver = count == 0;
        _position += count;
        _hash.AppendData(_block, 0, count);
        _block.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads the next bytes; after a failure from a new answer.</summary>
    private int ReadOn(int wanted)
    {
        try
        {
            _body ??= OpenBody();
            return Fill(wanted);
        }
        catch (DownloadException)
        {
            _body = null;
            throw;
        }
    }

    private int Fill(int wanted) => _downloader.Await(
        token => _body!.ReadAsync(_block.AsMemory(0, wanted), token).AsTask(), Shown);

    private Stream OpenBody()
    {
        if (!_isUsed)
        {
            _isUsed = true;
            return _response.Content.ReadAsStream(_context.Cancellation);
        }

        _response.Dispose();
        bool asksForPart = _validator is not null && _position > 0;
        _response = _downloader.Send(_url, asksForPart ? new HttpRange(_position, _validator) : HttpRange.All).Response;
        _body = _response.Content.ReadAsStream(_context.Cancellation);
        if (_response.StatusCode == HttpStatusCode.PartialContent)
        {
            return _response.Content.Headers.ContentRange?.From == _position
                ? _body
                : throw new DownloadException($"unable to download '{Shown}': the server gives another part", isTransient: false);
        }

        SkipBeginning();
        return _body;
    }

    private void SkipBeginning()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long left = _position; left > 0;)
        {
            int count = Fill((int)Math.Min(left, _block.Length));
            if (count == 0)
            {
                break;
            }

            hash.AppendData(_block, 0, count);
            left -= count;
        }

        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(_hash.GetCurrentHash()))
        {
            throw new DownloadException($"unable to download '{Shown}': it has changed meanwhile", isTransient: false);
        }
    }
}
