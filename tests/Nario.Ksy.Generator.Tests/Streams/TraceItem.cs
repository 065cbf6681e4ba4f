namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>A token with its values, in a form that can be compared and written again.</summary>
/// <param name="Token">Name of the token; of an embedded reader's token with a prefix.</param>
/// <param name="Bytes">Its bytes, as hexadecimal digits; two values have a dash between.</param>
/// <param name="Numbers">Its numbers.</param>
public sealed record TraceItem(string Token, string Bytes = "", string Numbers = "")
{
    public TraceItem(string token, params ulong[] numbers)
        : this(token, "", string.Join(",", numbers)) { }

    public TraceItem(string token, ReadOnlySpan<byte> bytes, params ulong[] numbers)
        : this(token, Convert.ToHexString(bytes), string.Join(",", numbers)) { }

    /// <summary>Gets the bytes, or one of several values.</summary>
    public byte[] BytesAt(int index = 0) => Convert.FromHexString(Bytes.Split('-')[index]);

    /// <summary>Gets a number.</summary>
    public ulong NumberAt(int index = 0) =>
        ulong.Parse(Numbers.Split(',')[index], System.Globalization.CultureInfo.InvariantCulture);
}
