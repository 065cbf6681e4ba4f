using System.Buffers.Text;
using System.Text;
using Nario.Codec;

namespace Nario.Store.Listing;

/// <summary>Writes one line for each file of a path: its full path, in the detailed form after permissions and
/// size.</summary>
/// <remarks>Holds the path of one file, whose length the depth of a NAR limits.</remarks>
internal sealed class TextTreeSink : INarSink
{
    private const int SizeWidth = 9;

    private readonly Stream _output;
    private readonly ListOptions _options;
    private readonly Stack<int> _directoryLengths = new();
    private byte[] _path;
    private int _length;

    /// <summary>Makes a sink for one path.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="path">The full path, escaped where the options want that.</param>
    /// <param name="options">Whether the form is detailed, and whether it is for a terminal.</param>
    public TextTreeSink(Stream output, string path, ListOptions options)
    {
        _output = output;
        _options = options;
        _path = Encoding.UTF8.GetBytes(path);
        _length = _path.Length;
    }

    public void BeginDirectory()
    {
        WriteLine("dr-xr-xr-x"u8, 0, default);
        _directoryLengths.Push(_length);
    }

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        _length = _directoryLengths.Peek();
        Append("/"u8);
        Append(Shown(name));
    }

    public void EndDirectory() => _directoryLengths.Pop();

    public void BeginFile(bool isExecutable, ulong length) =>
        WriteLine(isExecutable ? "-r-xr-xr-x"u8 : "-r--r--r--"u8, length, default);

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
    }

    public void WriteSymlink(ReadOnlySpan<byte> target) => WriteLine("lrwxrwxrwx"u8, 0, target);

    private ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> name) =>
        _options.ForTerminal ? Encoding.UTF8.GetBytes(EscapedText.FromBytes(name)) : name;

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_path.Length - _length < text.Length)
        {
            Array.Resize(ref _path, Math.Max(_path.Length * 2, _length + text.Length));
        }

        text.CopyTo(_path.AsSpan(_length));
        _length += text.Length;
    }

    private void WriteLine(ReadOnlySpan<byte> permissions, ulong size, ReadOnlySpan<byte> target)
    {
        if (_options.Detailed)
        {
            _output.Write(permissions);
            _output.WriteByte((byte)' ');
            WritePadded(size);
            _output.WriteByte((byte)' ');
        }

        _output.Write(_path.AsSpan(0, _length));
        if (_options.Detailed && !target.IsEmpty)
        {
            _output.Write(" -> "u8);
            _output.Write(Shown(target));
        }

        _output.WriteByte((byte)'\n');
    }

    private void WritePadded(ulong size)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(size, digits, out int count);
        for (int i = count; i < SizeWidth; i++)
        {
            _output.WriteByte((byte)' ');
        }

        _output.Write(digits[..count]);
    }
}
