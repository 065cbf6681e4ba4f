using System.Globalization;
using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Writes what a nario says of a path as one text, so that it can be compared.</summary>
internal static class NarioInfoText
{
    /// <summary>Gets the text; every member that a nario can state is in it.</summary>
    public static string Of(NarioPathInfo info) => string.Join(
        '\n',
        [
            info.Path,
            info.Deriver ?? "none",
            info.NarHash ?? "none",
            info.NarSize?.ToString(CultureInfo.InvariantCulture) ?? "none",
            info.RegistrationTime.ToString(CultureInfo.InvariantCulture),
            info.IsUltimate.ToString(),
            info.ContentAddress ?? "none",
            $"{info.References.Count} references",
            .. info.References,
            $"{info.Signatures.Count} signatures",
            .. info.Signatures,
        ]);
}
