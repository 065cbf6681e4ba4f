using System.Globalization;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Yaml;

/// <summary>What a scalar without quotes means (YAML 1.2, 10.3.2, with the integers of the language).</summary>
internal static class PlainScalar
{
    /// <summary>Gets whether <paramref name="scalar"/> is null.</summary>
    public static bool IsNull(YamlScalar scalar) =>
        scalar.IsPlain && scalar.Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Gets the truth value of <paramref name="scalar"/>, or null when it is none.</summary>
    public static bool? Boolean(YamlScalar scalar) => !scalar.IsPlain ? null : scalar.Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>Gets whether <paramref name="scalar"/> is text rather than null, a truth value or a number.</summary>
    public static bool IsText(YamlScalar scalar) =>
        !scalar.IsPlain || (!IsNull(scalar) && Boolean(scalar) is null && !IsNumber(scalar.Text));

    private static bool IsNumber(string text)
    {
        string unsigned = text.TrimStart('+', '-');
        return text.Length - unsigned.Length <= 1
            && (unsigned is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN"
                || (unsigned.Length > 0 && unsigned[0] is '.' or (>= '0' and <= '9')
                    && (IntegerText.TryParse(unsigned, out _)
                        || double.TryParse(
                            unsigned,
                            NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                            CultureInfo.InvariantCulture,
                            out _))));
    }
}
