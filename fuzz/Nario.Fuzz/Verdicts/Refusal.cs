using Nario.Codec;
using Nario.Store;

namespace Nario.Fuzz.Verdicts;

/// <summary>Checks the errors with which input is refused.</summary>
internal static class Refusal
{
    [ThreadStatic]
    private static List<string>? _texts;

    /// <summary>Begins to collect what an input is refused with by this thread.</summary>
    /// <returns>The texts, each once; more come as long as the input is tried.</returns>
    public static IReadOnlyList<string> Collect() => _texts = [];

    /// <summary>Forgets what was collected: it says nothing of the input.</summary>
    public static void Withdraw() => _texts?.Clear();

    /// <summary>Checks what a reader said.</summary>
    /// <param name="error">The error.</param>
    /// <param name="length">Size of the input in bytes.</param>
    /// <param name="passesOver">Whether parts of the input were passed over, by a caller that does not say how much of
    /// them was not there.</param>
    public static void Check(NarioFormatException error, long length, bool passesOver = false)
    {
        CheckText(error.Message);
        FindingException.Unless(
            error.Offset >= 0 && (error.Offset <= length || (passesOver && error.IsTruncated)),
            $"the error is outside the {length} bytes of the input: {error.Message}");
    }

    /// <summary>Checks what a store said.</summary>
    /// <param name="error">The error.</param>
    public static void Check(StoreException error) => CheckText(error.Message);

    /// <summary>Gets what is wrong and where, without what was found there.</summary>
    /// <param name="error">The error.</param>
    /// <param name="passesOver">Whether parts of the input were passed over, by a caller that does not say how much of
    /// them was not there.</param>
    public static string Describe(NarioFormatException error, bool passesOver = false)
    {
        if (passesOver && error.IsTruncated)
        {
            return "the input is cut off";
        }

        string expected = error.IsTruncated ? "more bytes" : error.IsUnsupported ? "no extension" : error.Expected;
        return $"expected {expected} at {error.Offset}, {error.SpecPath}";
    }

    /// <summary>Checks what is shown of an error: one line of bounded length, in which nothing steers a terminal, hides
    /// the order of the line or stands there unseen.</summary>
    /// <param name="message">The line.</param>
    private static void CheckText(string message)
    {
        if (_texts is { } texts && !texts.Contains(message))
        {
            texts.Add(message);
        }

        FindingException.Unless(message.Length > 0, "the error has no text");
        FindingException.Unless(
            message.Length <= EscapedText.MaxLineLength, $"the text of the error has {message.Length} characters");
        FindingException.Unless(
            EscapedText.ToLine(message) == message,
            $"the text of the error is not escaped: {EscapedText.ToLine(message)}");
    }
}
