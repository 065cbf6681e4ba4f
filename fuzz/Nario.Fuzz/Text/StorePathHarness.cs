using System.Text;
using Nario.Fuzz.Seeds;
using Nario.Store.Paths;

namespace Nario.Fuzz.Text;

/// <summary>Store paths.</summary>
internal sealed class StorePathHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "store-path";

    /// <inheritdoc/>
    public override string Description => "reads a store path, as a base name and as a full path: what is read is written the same";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) =>
        samples.Infos.SelectMany(static info => (string[])[info.Path, $"{StoreDirectory.Default}/{info.Path}"]);

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        bool isValid = StorePath.TryParse(text, out StorePath? tried);
        FindingException.Unless(isValid == tried is not null, "a path was read and is not there, or the reverse");
        if (text.StartsWith('/'))
        {
            FindingException.Unless(!isValid, "a full path is taken for a base name");
            StorePath full = StoreDirectory.Default.ParsePath(text);
            FindingException.Unless(StoreDirectory.Default.Join(full) == text, "a full path is written differently");
            return;
        }

        if (!isValid)
        {
            StorePath accepted = StorePath.Parse(text);
            throw new FindingException($"two ways of reading do not agree on the path '{accepted}'");
        }

        StorePath path = StorePath.Parse(Encoding.UTF8.GetBytes(text));
        FindingException.Unless(path == tried && path.BaseName == text, "a path is written differently");
        FindingException.Unless($"{path.HashPart}-{path.Name}" == text, "the parts of a path are not the path");
        FindingException.Unless(path.GetHashCode() == tried!.GetHashCode(), "equal paths differ in their hash codes");
        FindingException.Unless(
            StoreDirectory.Default.ParsePath(StoreDirectory.Default.Join(path)) == path, "a full path is read differently");
    }
}
