using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Fuzz.Text;

/// <summary>Content addresses.</summary>
internal sealed class ContentAddressHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "content-address";

    /// <inheritdoc/>
    public override string Description => "reads a content address and computes paths of it: its text and its paths agree";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) => samples.ContentAddresses;

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        ContentAddress address = ContentAddress.Parse(text);
        FindingException.Unless(ContentAddress.Parse(address.ToString()) == address, "an address is read differently");
        try
        {
            StorePath path = address.ComputePath(StoreDirectory.Default, "name", []);
            FindingException.Unless(
                address.IsContentAddressed(StoreDirectory.Default, path, []), "a path does not follow from its address");
            FindingException.Unless(
                !address.IsContentAddressed(StoreDirectory.Default, path, [path]), "a reference does not change the path");
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
        }
    }
}
