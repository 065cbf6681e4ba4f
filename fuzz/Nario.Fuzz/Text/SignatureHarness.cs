using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Signatures;

namespace Nario.Fuzz.Text;

/// <summary>Signatures and keys.</summary>
internal sealed class SignatureHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "signature";

    /// <inheritdoc/>
    public override string Description => "reads a signature, a public and a secret key: what is read is written the same, none is forged";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) => samples.Signatures;

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        ReadPublicKey(text);
        ReadSecretKey(text);
        Signature signature = Signature.Parse(text);
        FindingException.Unless(IsSpelling(signature.ToString(), text), "a signature is written differently");
        FindingException.Unless(Signature.Parse(text) == signature, "a signature is not equal to itself");
        FindingException.Unless(
            !Samples.Key.PublicKey.Verify("text that was never signed"u8, signature), "a signature was forged");
    }

    /// <summary>Whether a text says the same; only padding may be left out.</summary>
    private static bool IsSpelling(string written, string text) => written == text || written.TrimEnd('=') == text;

    private static void ReadPublicKey(string text)
    {
        try
        {
            PublicKey key = PublicKey.Parse(text);
            FindingException.Unless(IsSpelling(key.ToString(), text), "a public key is written differently");
            FindingException.Unless(!new TrustedKeys([key]).Verify("text"u8, Samples.ForeignSignature), "a signature was forged");
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
        }
    }

    private static void ReadSecretKey(string text)
    {
        try
        {
            using SecretKey key = SecretKey.Parse(text);
            Signature signature = key.Sign("text"u8);
            FindingException.Unless(key.PublicKey.Verify("text"u8, signature), "a signature of a key does not verify");
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
        }
    }
}
