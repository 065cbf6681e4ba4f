using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nario.Flakes.Tests.Support;

/// <summary>The server of git's own protocol, on the loopback.</summary>
internal sealed class GitDaemon : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private GitDaemon(Process process, int port)
    {
        _process = process;
        Port = port.ToString(CultureInfo.InvariantCulture);
    }

    internal string Port { get; }

    internal static GitDaemon Start(string folder)
    {
        int port = FindPort();
        string[] arguments =
        [
            "daemon", "--export-all", "--listen=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={port}"),
            $"--base-path={folder}", folder,
        ];
        Process process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardError = true })!;
        long began = Stopwatch.GetTimestamp();
        while (!Answers(port))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience && !process.HasExited, "git daemon does not answer");
            Thread.Sleep(20);
        }

        return new GitDaemon(process, port);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FindPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(int port)
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
