using Nario.Flakes.References;

namespace Nario.Flakes.Tests.References;

/// <summary>Shows a reference as its type and its attributes, in the words of Nix.</summary>
internal static class ReferenceText
{
    internal static string Of(ParsedFlakeReference parsed)
    {
        string fragment = parsed.Fragment.Length > 0 ? $" #{parsed.Fragment}" : string.Empty;
        return Of(parsed.Reference) + fragment + string.Concat(parsed.Warnings.Select(static text => $" ! {text}"));
    }

    internal static string Of(FlakeReference reference)
    {
        (string Name, object? Value)[] own = reference switch
        {
            IndirectReference indirect => [("type", "indirect"), ("id", indirect.Id), ("ref", indirect.Ref)],
            PathReference path => [("type", "path"), ("path", path.Path)],
            GitReference git =>
            [
                ("type", "git"), ("url", git.Url), ("ref", git.Ref), ("shallow", Flag(git.Shallow)),
                ("submodules", Flag(git.Submodules)), ("lfs", Flag(git.Lfs)), ("exportIgnore", Flag(git.ExportIgnore)),
                ("allRefs", Flag(git.AllRefs)), ("verifyCommit", Flag(git.VerifyCommit)), ("keytype", git.KeyType),
                ("publicKey", git.PublicKey), ("publicKeys", git.PublicKeys),
            ],
            MercurialReference mercurial => [("type", "hg"), ("url", mercurial.Url), ("ref", mercurial.Ref)],
            TarballReference tarball => [("type", "tarball"), ("url", tarball.Url)],
            FileReference file => [("type", "file"), ("url", file.Url)],
            ForgeReference forge =>
            [
                ("type", forge.Forge), ("owner", forge.Owner), ("repo", forge.Repository), ("host", forge.Host), ("ref", forge.Ref),
            ],
            _ => throw new ArgumentException("a type without a text", nameof(reference)),
        };
        (string Name, object? Value)[] shared =
        [
            ("rev", reference.Rev), ("narHash", reference.NarHash?.ToSri()), ("revCount", reference.RevCount),
            ("lastModified", reference.LastModified), ("dir", reference.Dir),
        ];
        return string.Join(
            ' ', own.Concat(shared).Where(static pair => pair.Value is not null).Select(static pair => $"{pair.Name}={pair.Value}"));
    }

    private static string? Flag(bool value) => value ? "true" : null;
}
