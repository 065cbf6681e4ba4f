using System.Globalization;

namespace Nario.Flakes.References;

/// <summary>The part of a URL between <c>//</c> and its path.</summary>
/// <param name="Host">A name, an IPv4 address, or an IPv6 address in brackets; may be empty.</param>
public sealed record UrlAuthority(string Host)
{
    /// <summary>Gets the user, decoded; null when there is none.</summary>
    public string? User { get; init; }

    /// <summary>Gets the password, decoded; null when there is none.</summary>
    public string? Password { get; init; }

    /// <summary>Gets the port; null when the URL names none.</summary>
    public int? Port { get; init; }

    /// <summary>Gets the text, without <c>//</c>.</summary>
    public override string ToString() => Print(Password);

    /// <summary>Gets the text without the password, for messages.</summary>
    internal string ToPublicText() => Print(null);

    private string Print(string? password)
    {
        string login = User is null ? string.Empty : PercentText.Encode(User, string.Empty);
        if (password is not null)
        {
            login += $":{PercentText.Encode(password, string.Empty)}";
        }

        string port = Port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : string.Empty;
        return User is null && password is null ? Host + port : $"{login}@{Host}{port}";
    }
}
