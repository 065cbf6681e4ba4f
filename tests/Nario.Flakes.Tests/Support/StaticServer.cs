using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nario.Flakes.Tests.Support;

/// <summary>A server of HTTP on the loopback, that answers as a test says.</summary>
internal sealed class StaticServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Func<Request, Answer>> _routes = new();
    private readonly ConcurrentQueue<Request> _requests = new();
    private readonly CancellationTokenSource _end = new();

    internal StaticServer()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    internal string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Gets what was asked for, in order.</summary>
    internal IReadOnlyList<Request> Requests => [.. _requests];

    /// <summary>Gets the folder whose files are served where no route is.</summary>
    internal string? Folder { get; init; }

    internal void Serve(string path, byte[] body, params (string Name, string Value)[] headers) =>
        _routes[path] = _ => new Answer(200) { Body = body, Headers = headers };

    internal void Route(string path, Func<Request, Answer> answer) => _routes[path] = answer;

    public void Dispose()
    {
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _listener.Stop();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(() => TalkAsync(client));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
                {
                    Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
                    while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
                    {
                        string[] parts = header.Split(':', 2);
                        headers[parts[0]] = parts[1].Trim();
                    }

                    Request request = new(line.Split(' ')[1], headers);
                    _requests.Enqueue(request);
                    if (!await WriteAsync(stream, Find(request)))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client, or the test, has ended.
        }
    }

    private Answer Find(Request request)
    {
        if (_routes.TryGetValue(request.Path, out Func<Request, Answer>? route))
        {
            return route(request);
        }

        string file = Path.Join(Folder, Uri.UnescapeDataString(request.Path.Split('?')[0]));
        return Folder is not null && File.Exists(file)
            ? new Answer(200) { Body = File.ReadAllBytes(file) }
            : new Answer(404) { Body = Encoding.ASCII.GetBytes("nothing is here") };
    }

    private async Task<bool> WriteAsync(NetworkStream stream, Answer answer)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} x\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n");
        foreach ((string name, string value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        int length = answer.CutAfter ?? answer.Body.Length;
        await stream.WriteAsync(answer.Body.AsMemory(0, length), _end.Token);
        if (answer.Stalls)
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }

        return length == answer.Body.Length;
    }

    internal sealed record Request(string Path, IReadOnlyDictionary<string, string> Headers);

    internal sealed record Answer(int Status)
    {
        public byte[] Body { get; init; } = [];

        public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

        /// <summary>Gets after how many bytes of the body the connection ends; null: after all.</summary>
        public int? CutAfter { get; init; }

        /// <summary>Gets whether nothing more comes after those bytes, and the connection stays.</summary>
        public bool Stalls { get; init; }
    }
}
