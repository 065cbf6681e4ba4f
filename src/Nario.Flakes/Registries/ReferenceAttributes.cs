using System.Text.Json;
using Nario.Flakes.References;
using Nario.Store;

namespace Nario.Flakes.Registries;

/// <summary>Reads references in the form of attributes, as registries have them.</summary>
internal static class ReferenceAttributes
{
    private const string FileMark = "file:";

    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["indirect"] = "id ref rev narHash",
        ["path"] = "path rev revCount lastModified narHash",
        ["git"] = "url ref rev shallow submodules lfs exportIgnore lastModified revCount narHash allRefs name dirtyRev "
            + "dirtyShortRev verifyCommit keytype publicKey publicKeys",
        ["hg"] = "url ref rev revCount narHash name",
        ["tarball"] = "url narHash name unpack rev revCount lastModified",
        ["file"] = "url narHash name unpack rev revCount lastModified",
        ["github"] = "owner repo ref rev narHash lastModified host treeHash",
        ["gitlab"] = "owner repo ref rev narHash lastModified host treeHash",
        ["sourcehut"] = "owner repo ref rev narHash lastModified host treeHash",
    };

    /// <summary>Reads a reference.</summary>
    /// <exception cref="StoreException">An attribute is missing, not known, or has a value that it cannot have.</exception>
    internal static FlakeReference Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FlakeException("a flake reference is not an object");
        }

        Reader reader = new(element);
        FlakeReference reference = reader.Read();
        return reference with
        {
            Rev = reader.FindText("rev") is { } rev ? CommitHash.Parse(rev) : null,
            NarHash = reader.FindText("narHash") is { } hash ? NarHashText.Parse(hash) : null,
            RevCount = reader.FindNumber("revCount"),
            LastModified = reader.FindNumber("lastModified"),
            Dir = reader.FindText("dir"),
        };
    }

    private sealed class Reader(JsonElement element)
    {
        public FlakeReference Read()
        {
            string type = FindText("type")
                ?? throw new FlakeException("'type' attribute to specify input scheme is required but not provided");
            if (!Allowed.TryGetValue(type, out string? names))
            {
                throw new FlakeException($"input type '{EscapedText.FromText(type)}' is unsupported");
            }

            string[] known = [.. names.Split(' '), "type", "dir"];
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (!known.Contains(property.Name))
                {
                    throw new FlakeException(
                        $"input attribute '{EscapedText.FromText(property.Name)}' not supported by scheme '{type}'");
                }
            }

            return type switch
            {
                "indirect" => new IndirectReference(GetId()) { Ref = FindRef() },
                "path" => new PathReference(GetText("path")),
                "git" => new GitReference(MakeGitUrl(GetText("url")))
                {
                    Ref = FindRef(),
                    Shallow = FindFlag("shallow"),
                    Submodules = FindFlag("submodules"),
                    Lfs = FindFlag("lfs"),
                    ExportIgnore = FindFlag("exportIgnore"),
                    AllRefs = FindFlag("allRefs"),
                    VerifyCommit = FindFlag("verifyCommit"),
                    KeyType = FindText("keytype"),
                    PublicKey = FindText("publicKey"),
                    PublicKeys = FindText("publicKeys"),
                },
                "hg" => new MercurialReference(MakeUrl(GetText("url"))) { Ref = FindRef() },
                "tarball" => new TarballReference(MakeUrl(GetText("url"))),
                "file" => new FileReference(MakeUrl(GetText("url"))),
                _ => new ForgeReference(Forge.Find(type)!, GetText("owner"), GetText("repo"))
                {
                    Ref = FindRef(),
                    Host = FindText("host") is { } host
                        ? FlakeReferenceParser.IsHost(host) ? host : throw new FlakeException("invalid instance host")
                        : null,
                },
            };
        }

        public string? FindText(string name) => !element.TryGetProperty(name, out JsonElement value)
            ? null
            : value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : throw new FlakeException($"input attribute '{name}' is not a string");

        public ulong? FindNumber(string name) => !element.TryGetProperty(name, out JsonElement value)
            ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number)
                ? number
                : throw new FlakeException($"input attribute '{name}' is not an integer");

        private static FlakeUrl MakeUrl(string text) => FlakeUrl.Parse(text, out _, static _ => { });

        /// <summary>Makes a URL of what git takes as one.</summary>
        private static FlakeUrl MakeGitUrl(string text)
        {
            int at = text.IndexOf('@', StringComparison.Ordinal);
            int colon = text.IndexOf(':', Math.Max(at, 0));
            if (!text.StartsWith('/') && !text.Contains("://", StringComparison.Ordinal) && at > 0 && colon > at)
            {
                return FlakeUrl.OfPath(
                    "ssh",
                    new UrlAuthority(text[(at + 1)..colon]) { User = text[..at] },
                    $"/{text[(colon + 1)..].TrimStart('/')}");
            }

            return text.StartsWith(FileMark, StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal)
                ? MakeUrl(text)
                : FlakeUrl.OfPath("file", new UrlAuthority(string.Empty), text);
        }

        private string GetText(string name) =>
            FindText(name) ?? throw new FlakeException($"input attribute '{name}' is missing");

        private string GetId() => GetText("id") is var id && FlakeReferenceParser.IsFlakeId(id)
            ? id
            : throw new FlakeException($"'{EscapedText.FromText(id)}' is not a valid flake ID");

        private string? FindRef() => FindText("ref") is not { } name || GitRefName.IsValid(name)
            ? FindText("ref")
            : throw new FlakeException($"invalid branch/tag name '{EscapedText.FromText(name)}'");

        private bool FindFlag(string name) => element.TryGetProperty(name, out JsonElement value)
            && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean()
                : throw new FlakeException($"input attribute '{name}' is not a Boolean"));
    }
}
