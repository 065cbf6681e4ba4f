namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>Collects tokens.</summary>
public sealed class Trace
{
    private readonly List<TraceItem> _items = [];
    private bool _isOpen;

    public IReadOnlyList<TraceItem> Items => _items;

    public void Add(TraceItem item)
    {
        _items.Add(item);
        _isOpen = false;
    }

    /// <summary>Adds a piece of a streamed field to the pieces before it.</summary>
    public void AddPiece(string token, ReadOnlySpan<byte> piece)
    {
        if (_isOpen)
        {
            _items[^1] = _items[^1] with { Bytes = _items[^1].Bytes + Convert.ToHexString(piece) };
        }
        else
        {
            _items.Add(new TraceItem(token, piece));
        }

        _isOpen = true;
    }
}
