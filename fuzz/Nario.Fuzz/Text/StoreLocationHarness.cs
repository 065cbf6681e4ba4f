using Nario.Fuzz.Seeds;
using Nario.Store.Configuration;

namespace Nario.Fuzz.Text;

/// <summary>The text that names a store.</summary>
internal sealed class StoreLocationHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "store-location";

    /// <inheritdoc/>
    public override string Description => "finds the store that a text names: its places are absolute";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) =>
    [
        "auto", "daemon", "local", "./folder", "/some/where",
        "local?root=/some/where&require-sigs=false",
        "local://%2Fsome?real=/a&state=/b&log=/c&store=/d",
    ];

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        StoreLocation location = StoreLocation.Resolve(text, NixConfiguration.Default, new MemoryHost(text));
        FindingException.Unless(
            location.RealStoreDirectory.StartsWith('/') && location.StateDirectory.StartsWith('/'), "a place is not absolute");
    }
}
