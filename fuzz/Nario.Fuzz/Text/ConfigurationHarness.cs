using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Configuration;

namespace Nario.Fuzz.Text;

/// <summary>The text of <c>nix.conf</c>.</summary>
internal sealed class ConfigurationHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "configuration";

    /// <inheritdoc/>
    public override string Description => "reads nix.conf, which may include itself, its keys, and finds the store that it names";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) =>
    [
        "# a comment\nrequire-sigs = false\ntrusted-public-keys = " + NixConfiguration.Default.TrustedPublicKeys[0] + "\n",
        "extra-trusted-public-keys = " + Samples.Key.PublicKey + "\nbuild-users-group =\nuse-sqlite-wal = no\n",
        "store = /some/where\ninclude other.conf\n!include missing.conf\n",
        "store = local?root=/some/where&require-sigs=false\nsecret-key-files = /keys/secret\n",
        "store = local://%2Fsome?real=/a&state=/b&log=/c&store=/d\nfsync-metadata = 0\nallow-symlinked-store = yes\n",
        "store = auto\nbinary-cache-public-keys = \n",
    ];

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        MemoryHost host = new(text);
        static void Warn(string text) => Refusal.Check(new StoreException(text));
        NixConfiguration configuration = NixConfiguration.Load(host, Warn);
        FindingException.Unless(NixConfiguration.Load(host, Warn) == configuration, "one text gives two configurations");
        StoreLocation location = StoreLocation.Resolve(null, configuration, host);
        FindingException.Unless(
            location.RealStoreDirectory.StartsWith('/') && location.StateDirectory.StartsWith('/'), "a place is not absolute");
        _ = configuration.GetTrustedKeys(host, Warn).Names;
    }
}
