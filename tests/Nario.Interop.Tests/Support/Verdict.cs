using Nario.Codec;
using Nario.Store;

namespace Nario.Interop.Tests.Support;

/// <summary>Tells whether input is accepted, refused as it should be, or makes something else go wrong.</summary>
internal static class Verdict
{
    /// <summary>Gets why a step refuses its input, or null when it accepts it.</summary>
    /// <remarks>Only the errors for bad input count as a refusal; their text must be fit for a terminal.</remarks>
    internal static string? GetRefusal(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (Exception error) when (error is NarioFormatException or StoreException)
        {
            Assert.All(error.Message, static character => Assert.True(!char.IsControl(character) || character == '\n'));
            return error.Message;
        }
    }
}
