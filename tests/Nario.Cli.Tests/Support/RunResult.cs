using System.Text;

namespace Nario.Cli.Tests.Support;

/// <summary>How a run of the program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to the standard output.</param>
/// <param name="Errors">What it wrote to the standard error.</param>
internal sealed record RunResult(int ExitCode, byte[] Output, string Errors)
{
    /// <summary>Gets the output as text, each byte as the character of the same number.</summary>
    internal string Text => Encoding.Latin1.GetString(Output);

    /// <summary>Expects success without a message.</summary>
    /// <returns>The output.</returns>
    internal byte[] AssertSuccess()
    {
        Assert.Equal((ExitCodes.Success, ""), (ExitCode, Errors));
        return Output;
    }

    /// <summary>Expects failure with one line.</summary>
    /// <returns>The line without <c>error: </c>.</returns>
    internal string AssertError()
    {
        Assert.Equal(ExitCodes.Failure, ExitCode);
        Assert.Matches("^error: [^\n]+\n$", Errors);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        return Errors["error: ".Length..^1];
    }
}
