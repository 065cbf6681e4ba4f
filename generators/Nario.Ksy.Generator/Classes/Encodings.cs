using Nario.Ksy.Generator.Emit;

namespace Nario.Ksy.Generator.Classes;

/// <summary>The encodings of strings.</summary>
internal static class Encodings
{
    /// <summary>Writes the encoding of a name.</summary>
    /// <param name="name">The name, as the language has it.</param>
    /// <param name="path">Where it is used, for messages.</param>
    public static Code Of(string name, Code path) => name.ToUpperInvariant() switch
    {
        "UTF-8" => Code.Primary("global::System.Text.Encoding.UTF8"),
        "ASCII" => Code.Primary("global::System.Text.Encoding.ASCII"),
        "ISO-8859-1" => Code.Primary("global::System.Text.Encoding.Latin1"),
        "UTF-16LE" => Code.Primary("global::System.Text.Encoding.Unicode"),
        "UTF-16BE" => Code.Primary("global::System.Text.Encoding.BigEndianUnicode"),
        _ => Code.Call("KsyText.EncodingOf", Code.Primary(Literals.Text(name)), path),
    };
}
