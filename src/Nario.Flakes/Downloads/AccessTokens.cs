namespace Nario.Flakes.Downloads;

/// <summary>The setting <c>access-tokens</c>: which token opens which host, or which part of it.</summary>
internal sealed class AccessTokens
{
    private const string GitHubHost = "github.com";

    private const string GitLabLogin = "OAuth2";

    private const string GitLabToken = "PAT";

    private readonly List<(string Key, string Token)> _tokens = [];

    /// <summary>Reads the setting.</summary>
    /// <param name="items">Items <c>KEY=TOKEN</c>.</param>
    internal AccessTokens(IEnumerable<string> items)
    {
        foreach (string item in items)
        {
            if (item.Split('=', 2) is [var key, var token])
            {
                _tokens.Add((key, token));
            }
        }
    }

    /// <summary>Gets the header that opens a place; null when no token is for it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The path, with its slash.</param>
    internal (string Name, string Value)? Find(string host, string path)
    {
        string place = host + path;
        (string Key, string Token)? found = null;
        foreach ((string Key, string Token) item in _tokens)
        {
            bool isFor = place.StartsWith(item.Key, StringComparison.OrdinalIgnoreCase)
                && (place.Length == item.Key.Length || place[item.Key.Length] == '/');
            if (isFor && item.Key.Length > (found?.Key.Length ?? 0))
            {
                found = item;
            }
        }

        return found is { } best ? MakeHeader(best.Key, best.Token) : null;
    }

    private static (string Name, string Value) MakeHeader(string key, string token)
    {
        string host = key.Split('/')[0];
        return token.Split(':', 2) switch
        {
            [GitLabLogin, var value] => ("Authorization", $"Bearer {value}"),
            [GitLabToken, var value] => ("Private-token", value),
            _ when host == GitHubHost || host.EndsWith($".{GitHubHost}", StringComparison.Ordinal) => ("Authorization", $"token {token}"),
            _ => ("Authorization", $"Bearer {token}"),
        };
    }
}
