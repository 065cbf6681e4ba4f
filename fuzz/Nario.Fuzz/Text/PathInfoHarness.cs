using System.Globalization;
using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Store;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Signatures;

namespace Nario.Fuzz.Text;

/// <summary>What a nario says of a path.</summary>
internal sealed class PathInfoHarness : TextHarness
{
    private const int FieldCount = 9;

    private static readonly NixHash Zeros =
        new(HashAlgorithmKind.Sha256, new byte[HashAlgorithmKind.Sha256.GetByteLength()]);

    /// <inheritdoc/>
    public override string Name => "path-info";

    /// <inheritdoc/>
    public override string Description => "checks an info, one member a line, and converts it there and back: the same info";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) => samples.Infos.Select(static info => string.Join(
        '\n',
        info.Path,
        info.Deriver,
        info.NarHash,
        info.NarSize?.ToString(CultureInfo.InvariantCulture),
        info.RegistrationTime.ToString(CultureInfo.InvariantCulture),
        info.IsUltimate ? "1" : "0",
        string.Join(' ', info.References),
        string.Join(' ', info.Signatures),
        info.ContentAddress));

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        string[] fields = text.Split('\n', FieldCount);
        Array.Resize(ref fields, FieldCount);
        NarioPathInfo said = new()
        {
            Path = fields[0],
            Deriver = NullIfEmpty(fields[1]),
            NarHash = NullIfEmpty(fields[2]),
            NarSize = ulong.TryParse(fields[3], CultureInfo.InvariantCulture, out ulong size) ? size : null,
            RegistrationTime = long.TryParse(fields[4], CultureInfo.InvariantCulture, out long time) ? time & long.MaxValue : 0,
            IsUltimate = fields[5] == "1",
            References = Split(fields[6]),
            Signatures = Split(fields[7]),
            ContentAddress = NullIfEmpty(fields[8]),
        };
        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(said, Zeros, 8);
        NarioPathInfo written = PathInfoMapping.ToNarioPathInfo(info);
        ValidPathInfo again = PathInfoMapping.ToValidPathInfo(written);
        FindingException.Unless(again == info, "an info is read differently after it was written");
        FindingException.Unless(
            NarioInfoText.Of(PathInfoMapping.ToNarioPathInfo(again)) == NarioInfoText.Of(written),
            "an info is written differently the second time");
        byte[] fingerprint = Fingerprint.Create(StoreDirectory.Default, info);
        FindingException.Unless(
            !info.Signatures.Any(signature => Samples.Key.PublicKey.Verify([.. fingerprint, 0], signature)), "a signature was forged");
        info.ContentAddress?.IsContentAddressed(StoreDirectory.Default, info.Path, info.References);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string[] Split(string? text) => string.IsNullOrEmpty(text) ? [] : text.Split(' ');
}
