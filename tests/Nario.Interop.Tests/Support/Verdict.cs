using Nario.Codec;
using Nario.Store;

namespace Nario.Interop.Tests.Support;

/// <summary>Tells whether input is accepted, refused as it should be, or makes something else go wrong.</summary>
internal static class Verdict
{
    /// <summary>Gets whether a step succeeds. Only the errors for bad input count as a refusal, with one line of text.</summary>
    internal static bool Of(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception error) when (error is NarioFormatException or StoreException)
        {
            Assert.All(error.Message, static character => Assert.False(char.IsControl(character) && character != '\n'));
            return false;
        }
    }
}
