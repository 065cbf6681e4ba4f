using System.Globalization;
using Nario.Store.Export;
using Nario.Store.Import;

namespace Nario.Cli.Messages;

/// <summary>Says what the user can do about an error, in the words of the command line, which the library does not
/// know.</summary>
internal static class Advice
{
    /// <summary>How many names are shown of a list.</summary>
    private const int ShownNames = 3;

    /// <summary>How many characters are shown of a name.</summary>
    private const int ShownNameLength = 80;

    private const string WithoutSignatures = "import with --no-check-sigs what you trust for other reasons";

    /// <summary>Gets what is added to the line of an error; empty when there is nothing to advise.</summary>
    /// <param name="error">The error; what caused it counts as well.</param>
    public static string Of(Exception error) => error switch
    {
        MissingSignatureException missing => $" ({OfMissingSignature(missing)})",
        MissingReferenceException => "; export with -r, which takes along all that paths refer to",
        SourceNameException => "; choose another one with --name",
        NamedStorePathException => "; --name is for other files and folders",
        { InnerException: { } cause } => Of(cause),
        _ => string.Empty,
    };

    /// <summary>Writes a list of names from outside, cut to what a reader can take in.</summary>
    /// <param name="names">The names.</param>
    public static string Enumerate(IReadOnlyList<string> names)
    {
        string shown = string.Join(
            ", ",
            names.Take(ShownNames).Select(
                static name => $"'{(name.Length <= ShownNameLength ? name : $"{name[..ShownNameLength]}…")}'"));
        return names.Count <= ShownNames
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - ShownNames} more");
    }

    private static string OfMissingSignature(MissingSignatureException missing)
    {
        if (!missing.Version.HasInfoFirst)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"version {missing.Version.Number} carries no signatures: export with --format 2, or "
                + $"{WithoutSignatures}");
        }

        return missing.Signers.Count == 0
            ? $"no key has signed it; {WithoutSignatures}"
            : $"signed by {Enumerate(missing.Signers)}; "
                + $"trusted: {(missing.TrustedKeys.Count == 0 ? "none" : Enumerate(missing.TrustedKeys))}; "
                + $"add the signer's key with --trusted-public-keys, or {WithoutSignatures}";
    }
}
