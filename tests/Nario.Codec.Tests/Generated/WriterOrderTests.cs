namespace Nario.Codec.Tests.Generated;

/// <summary>
/// A generated writer takes its calls in the order of the specification: at each place every other call is refused,
/// writes nothing, and leaves the writer where it was.
/// </summary>
public sealed class WriterOrderTests
{
    [Fact]
    public void A_NAR_is_written_in_its_order() => AssertOrder(WriterScript.Nar());

    [Fact]
    public void Version_1_is_written_in_its_order() => AssertOrder(WriterScript.Version1());

    [Fact]
    public void Version_2_is_written_in_its_order() => AssertOrder(WriterScript.Version2());

    private static void AssertOrder(WriterScript script)
    {
        bool isInsideNar = false;
        int missing = 2;
        foreach (WriterCall call in script.Calls)
        {
            foreach (WriterCall other in script.Calls.Where(
                other => other.Token.Length > 0 && !call.Allowed.Contains(other.Token)))
            {
                InvalidOperationException error = Assert.ThrowsAny<InvalidOperationException>(other.Write);
                string expected = isInsideNar ? "Nar is not complete."
                    : call.Token == "Contents" ? $"{missing} bytes of Contents are missing."
                    : call.Token == "None" ? $"{other.Token} cannot be written here: expected the end."
                    : $"{other.Token} cannot be written here: expected {string.Join(" or ", call.Allowed)}.";
                Assert.Equal(Sort(expected), Sort(error.Message));
            }

            call.Write();
            missing -= call.Token == "Contents" ? 1 : 0;
            isInsideNar = call.Token == "Nar";
        }

        Assert.Equal(script.Expected, script.Written);

        // Several tokens that are expected may be named in any order.
        static string Sort(string message) => string.Join(' ', message.TrimEnd('.').Split(' ').Order(StringComparer.Ordinal));
    }
}
