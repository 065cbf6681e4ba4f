namespace Nario.Store.Configuration;

/// <summary>Collects settings from texts in the grammar of <c>nix.conf</c>; what comes later overrides.</summary>
/// <remarks>
/// A line is cut at <c>#</c>, then into words: <c>NAME = VALUE…</c>, <c>include FILE</c>, or <c>!include FILE</c> for a
/// file that may be missing. <c>extra-NAME</c> adds to a list. Relative files are beside the one that names them. A
/// file that is there but may not be read is passed over: it can hold what is meant for root alone.
/// </remarks>
internal sealed class SettingsReader
{
    private const int MaxIncludeDepth = 16;

    private const int MaxIncludeCount = 256;

    private const string ExtraPrefix = "extra-";

    private const string TrustedPublicKeys = "trusted-public-keys";

    private const string TrustedPublicKeysAlias = "binary-cache-public-keys";

    private const string SecretKeyFiles = "secret-key-files";

    private const string AccessTokens = "access-tokens";

    private readonly IHost _host;
    private readonly NixConfiguration _defaults;
    private readonly Dictionary<string, string> _scalars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private int _includeCount;

    internal SettingsReader(IHost host, NixConfiguration defaults)
    {
        _host = host;
        _defaults = defaults;
        _lists[TrustedPublicKeys] = defaults.TrustedPublicKeys;
        _lists[SecretKeyFiles] = defaults.SecretKeyFiles;
        _lists[AccessTokens] = defaults.AccessTokens;
    }

    /// <summary>Reads a file, if it is there and can be read.</summary>
    internal void ReadFile(string path) => ReadFile(_host.GetFullPath(path), depth: 0);

    /// <summary>Reads a text that is not a file; what it includes is relative to the current folder.</summary>
    internal void ReadText(string text, string source) => ReadText(text, source, folder: "", depth: 0);

    /// <summary>Gets the settings that were read, over the defaults.</summary>
    internal NixConfiguration Finish() => _defaults with
    {
        Store = _scalars.GetValueOrDefault("store") ?? _defaults.Store,
        TrustedPublicKeys = _lists[TrustedPublicKeys],
        SecretKeyFiles = _lists[SecretKeyFiles],
        RequireSignatures = GetBoolean("require-sigs", _defaults.RequireSignatures),
        UseSqliteWriteAheadLog = GetBoolean("use-sqlite-wal", _defaults.UseSqliteWriteAheadLog),
        SynchronizeMetadata = GetBoolean("fsync-metadata", _defaults.SynchronizeMetadata),
        AllowSymlinkedStore = GetBoolean("allow-symlinked-store", _defaults.AllowSymlinkedStore),
        UseCaseHack = GetBoolean("use-case-hack", _defaults.UseCaseHack),
        BuildUsersGroup = _scalars.GetValueOrDefault("build-users-group") ?? _defaults.BuildUsersGroup,
        FlakeRegistry = _scalars.GetValueOrDefault("flake-registry") ?? _defaults.FlakeRegistry,
        AccessTokens = _lists[AccessTokens],
        NetrcFile = _scalars.GetValueOrDefault("netrc-file") ?? _defaults.NetrcFile,
        DownloadAttempts = GetNumber("download-attempts", _defaults.DownloadAttempts),
        ConnectTimeout = GetSeconds("connect-timeout", _defaults.ConnectTimeout),
        StalledDownloadTimeout = GetSeconds("stalled-download-timeout", _defaults.StalledDownloadTimeout),
    };

    private void ReadFile(string path, int depth)
    {
        if (depth > MaxIncludeDepth || (depth > 0 && ++_includeCount > MaxIncludeCount))
        {
            throw new StoreException($"too many files are included, the last one is '{EscapedText.FromText(path)}'");
        }

        if (_host.ReadText(path) is { } text)
        {
            // A root is in no folder.
            ReadText(text, path, Path.GetDirectoryName(path) ?? path, depth);
        }
    }

    private void ReadText(string text, string source, string folder, int depth)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            IReadOnlyList<string> words = NixConfiguration.SplitList(comment < 0 ? line : line[..comment]);
            switch (words)
            {
                case []:
                    break;
                case ["include" or "!include", string file]:
                    Include(Path.Combine(folder, file), source, mayBeMissing: words[0][0] == '!', depth);
                    break;
                case [not ("include" or "!include"), "=", ..]:
                    Set(words[0], [.. words.Skip(2)]);
                    break;
                default:
                    // Not the line itself: it may hold a secret key or an access token.
                    throw new StoreException(
                        $"syntax error in line {number} of '{EscapedText.FromText(source)}', which is not 'NAME = VALUE'");
            }
        }
    }

    private void Include(string path, string source, bool mayBeMissing, int depth)
    {
        string full = _host.GetFullPath(path);
        if (!mayBeMissing && !_host.Exists(full))
        {
            throw new StoreException(
                $"file '{EscapedText.FromText(full)}' included from '{EscapedText.FromText(source)}' not found");
        }

        ReadFile(full, depth + 1);
    }

    private void Set(string name, IReadOnlyList<string> words)
    {
        bool extra = name.StartsWith(ExtraPrefix, StringComparison.Ordinal);
        string listName = extra ? name[ExtraPrefix.Length..] : name;
        listName = listName == TrustedPublicKeysAlias ? TrustedPublicKeys : listName;
        if (_lists.TryGetValue(listName, out IReadOnlyList<string>? list))
        {
            _lists[listName] = extra ? [.. list, .. words] : words;
        }
        else
        {
            _scalars[name] = string.Join(' ', words);
        }
    }

    private TimeSpan GetSeconds(string name, TimeSpan defaultValue) =>
        GetNumber(name, -1) switch
        {
            < 0 => defaultValue,
            0 => Timeout.InfiniteTimeSpan,
            int seconds => TimeSpan.FromSeconds(seconds),
        };

    private int GetNumber(string name, int defaultValue) =>
        _scalars.TryGetValue(name, out string? text) ? SettingValue.ParseNumber(name, text) : defaultValue;

    private bool GetBoolean(string name, bool defaultValue) =>
        _scalars.TryGetValue(name, out string? text) ? SettingValue.ParseBoolean(name, text) : defaultValue;
}
