using System.Globalization;

namespace Nario.Cli.Messages;

/// <summary>Shows on a terminal how far the work is: one line, which goes when the work is done.</summary>
/// <param name="error">The terminal.</param>
/// <param name="isShown">Whether anything is shown.</param>
internal sealed class Progress(TextWriter error, bool isShown) : IDisposable
{
    private const long IntervalMilliseconds = 100;

    private const double Mebibyte = 1024 * 1024;

    private long _lastShown = Environment.TickCount64;
    private long _byteCount;
    private int _pathCount;
    private long? _expected;
    private long _began;
    private bool _isOnScreen;

    /// <summary>Gets whether anything is shown.</summary>
    public bool IsShown => isShown;

    /// <summary>Counts a path.</summary>
    public void CountPath()
    {
        _pathCount++;
        Show();
    }

    /// <summary>Counts bytes.</summary>
    public void CountBytes(long count)
    {
        _byteCount += count;
        Show();
    }

    /// <summary>Begins to count the bytes of one transfer, whose rate is shown too.</summary>
    /// <param name="byteCount">How many will come; null when that is not known.</param>
    public void Expect(long? byteCount)
    {
        _expected = byteCount;
        _byteCount = 0;
        _began = Environment.TickCount64;
    }

    /// <summary>Shows a line until the next.</summary>
    /// <param name="line">The line, fit for a terminal.</param>
    public void Show(string line)
    {
        if (isShown)
        {
            Erase();
            error.Write(line);
            _isOnScreen = true;
        }
    }

    /// <summary>Gets a stream whose bytes count.</summary>
    /// <param name="stream">The stream, which is disposed with the other.</param>
    public WatchedStream Watch(Stream stream) => new(stream, this);

    /// <summary>Makes place for other lines.</summary>
    public void Erase()
    {
        if (_isOnScreen)
        {
            error.Write("\r\e[K");
            _isOnScreen = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Erase();

    private void Show()
    {
        long now = isShown ? Environment.TickCount64 : 0;
        if (!isShown || now - _lastShown < IntervalMilliseconds)
        {
            return;
        }

        _lastShown = now;
        string paths = _pathCount switch
        {
            0 => string.Empty,
            1 => "1 path, ",
            _ => $"{_pathCount} paths, ",
        };
        string total = _expected is { } all
            ? string.Create(CultureInfo.InvariantCulture, $" of {all / Mebibyte:F1}")
            : string.Empty;
        string rate = _began > 0 && now > _began
            ? string.Create(CultureInfo.InvariantCulture, $", {_byteCount / Mebibyte * 1000 / (now - _began):F1} MiB/s")
            : string.Empty;
        Show(string.Create(CultureInfo.InvariantCulture, $"{paths}{_byteCount / Mebibyte:F1}{total} MiB{rate}"));
    }
}
