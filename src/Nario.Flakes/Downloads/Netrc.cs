namespace Nario.Flakes.Downloads;

/// <summary>The logins of a file in the form of <c>.netrc</c>.</summary>
internal sealed class Netrc
{
    private readonly List<Entry> _entries = [];

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    internal static Netrc Parse(string text)
    {
        Netrc netrc = new();
        Entry? entry = null;
        using IEnumerator<string> words = Words(text).GetEnumerator();
        while (words.MoveNext())
        {
            switch (words.Current)
            {
                case "machine" when words.MoveNext():
                    netrc._entries.Add(entry = new Entry(words.Current));
                    break;
                case "default":
                    netrc._entries.Add(entry = new Entry(null));
                    break;
                case "login" when words.MoveNext() && entry is not null:
                    entry.Login = words.Current;
                    break;
                case "password" when words.MoveNext() && entry is not null:
                    entry.Password = words.Current;
                    break;
                default:
                    // Accounts and macros are for FTP.
                    break;
            }
        }

        return netrc;
    }

    /// <summary>Gets login and password for a host; null when there are none.</summary>
    internal (string Login, string Password)? Find(string host)
    {
        Entry? entry = _entries.Find(entry => entry.Host is null || entry.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
        return entry is { Login: { } login, Password: { } password } ? (login, password) : null;
    }

    private static IEnumerable<string> Words(string text) => text
        .Split('\n')
        .Where(static line => !line.TrimStart().StartsWith('#'))
        .SelectMany(static line => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private sealed class Entry(string? host)
    {
        public string? Host { get; } = host;

        public string? Login { get; set; }

        public string? Password { get; set; }
    }
}
