using System.Text.RegularExpressions;

namespace Nario.Interop.Tests.Support;

/// <summary>A way in which two readers differ on purpose.</summary>
/// <param name="Pattern">A regular expression for what the stricter one says.</param>
/// <param name="Reason">Why the other one has no such rule.</param>
internal sealed record Difference(string Pattern, string Reason)
{
    /// <summary>Gets whether one of some differences explains a refusal.</summary>
    internal static bool Explains(IEnumerable<Difference> differences, string? refusal) =>
        refusal is not null && differences.Any(difference => Regex.IsMatch(refusal, difference.Pattern));
}
