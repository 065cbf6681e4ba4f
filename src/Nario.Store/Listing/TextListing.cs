using System.Globalization;
using System.Text;
using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Listing;

/// <summary>Writes one line for each path, or for each of its files.</summary>
internal sealed class TextListing(Stream output, ListOptions options) : IPathListing
{
    public bool NeedsHash => false;

    public void Add(StoreDirectory storeDirectory, ValidPathInfo info, bool isRepeated, Action<INarSink>? readTree)
    {
        string full = storeDirectory.Join(info.Path);
        string path = options.ForTerminal ? EscapedText.FromText(full) : full;
        if (readTree is null)
        {
            output.Write(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{path}: {info.NarSize} bytes\n")));
        }
        else
        {
            readTree(new TextTreeSink(output, path, options));
        }
    }

    public void Complete()
    {
    }

    public void Dispose()
    {
    }
}
