using System.Text;
using Nario.Codec;

namespace Nario.Store.Tests.Local;

/// <summary>Writes down what it is told, one line for each node, so that trees can be compared.</summary>
internal sealed class RecordingSink : INarSink
{
    private readonly List<string> _lines = [];
    private readonly List<byte> _contents = [];
    private byte[] _room = [];
    private string _name = "";
    private bool _executable;
    private ulong _remaining;

    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>Gets or sets how much room the sink gives, in bytes.</summary>
    internal int RoomLength { get; set; }

    /// <summary>Gets or sets what happens when a file begins.</summary>
    internal Action? WhenFileBegins { get; set; }

    public void BeginDirectory() => _lines.Add($"{_name} [");

    public void BeginEntry(ReadOnlySpan<byte> name) => _name = Encoding.Latin1.GetString(name);

    public void EndDirectory() => _lines.Add("]");

    public void BeginFile(bool isExecutable, ulong length)
    {
        _executable = isExecutable;
        _remaining = length;
        _contents.Clear();
        WhenFileBegins?.Invoke();
        if (length == 0)
        {
            EndFile();
        }
    }

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        Assert.False(chunk.IsEmpty);
        _contents.AddRange(chunk);
        _remaining -= (ulong)chunk.Length;
        if (_remaining == 0)
        {
            EndFile();
        }
    }

    public Span<byte> GetContentsSpan() => _room = new byte[RoomLength];

    public void AdvanceContents(int count)
    {
        Assert.InRange(count, 1, RoomLength);
        WriteContents(_room.AsSpan(0, count));
    }

    public void WriteSymlink(ReadOnlySpan<byte> target) => _lines.Add($"{_name} -> {Encoding.Latin1.GetString(target)}");

    private void EndFile() =>
        _lines.Add($"{_name} {(_executable ? "x" : "-")} {Convert.ToBase64String([.. _contents])}");
}
