namespace Nario.Ksy.Generator.Tests.Harness;

/// <summary>Values that generated code refuses, with the exception that its own specification's namespace has.</summary>
internal static class Refusal
{
    /// <summary>Checks that a call refuses an argument.</summary>
    /// <param name="argument">The name of the argument.</param>
    /// <param name="call">The call.</param>
    /// <returns>The exception.</returns>
    public static ArgumentException Of(string argument, Action call)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(("KsyValueException", argument), (error.GetType().Name, error.ParamName));
        return error;
    }
}
