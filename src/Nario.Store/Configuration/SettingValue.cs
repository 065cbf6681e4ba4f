using System.Globalization;

namespace Nario.Store.Configuration;

/// <summary>Reads the values of settings and of the parameters of stores.</summary>
internal static class SettingValue
{
    /// <summary>Reads a count or a number of seconds.</summary>
    internal static int ParseNumber(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new StoreException($"setting '{name}' has invalid value '{EscapedText.FromText(value)}'");

    /// <summary>Reads a Boolean as Nix writes them.</summary>
    internal static bool ParseBoolean(string name, string value) => value switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => throw new StoreException(
            $"Boolean setting '{name}' has invalid value '{EscapedText.FromText(value)}'"),
    };
}
