namespace Nario.Fuzz;

/// <summary>Says that something that must hold does not.</summary>
/// <param name="message">What.</param>
internal sealed class FindingException(string message) : Exception(message)
{
    /// <summary>Throws unless the condition holds.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="message">What is wrong if it does not.</param>
    public static void Unless(bool condition, string message)
    {
        if (!condition)
        {
            throw new FindingException(message);
        }
    }
}
