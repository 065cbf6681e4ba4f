using Nario.Codec;
using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>A nario that a real <c>nix nario</c> wrote.</summary>
internal static class GoldenFile
{
    /// <summary>What no empty store can import: one without what it refers to, one without hash and size.</summary>
    private static readonly string[] Incomplete = ["11-noclosure.v1", "11-noclosure.v2", "22-unknown-hash-size.v2"];

    /// <summary>Narios with the last path of <see cref="Closure"/> alone.</summary>
    private const string LastOfClosure = "23-sig-order.";

    private const string Closure = "09-closure.";

    /// <summary>Gets the names of all that can be imported.</summary>
    internal static IReadOnlyList<string> Importable { get; } = [.. List().Except(Incomplete)];

    /// <summary>Gets the names of those of version 1 that can be imported.</summary>
    internal static IReadOnlyList<string> ImportableVersion1 { get; } =
        [.. Importable.Where(static name => GetVersion(name) == 1)];

    /// <summary>Gets the names of those of version 2 that can be imported.</summary>
    internal static IReadOnlyList<string> ImportableVersion2 { get; } =
        [.. Importable.Where(static name => GetVersion(name) == 2)];

    /// <summary>Gets the names of all, without what follows the version.</summary>
    internal static IReadOnlyList<string> List() =>
    [
        .. Directory.EnumerateFiles(TestFiles.Golden(), "*.nario")
            .Select(static file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    internal static int GetVersion(string name) => name.EndsWith(".v1", StringComparison.Ordinal) ? 1 : 2;

    internal static byte[] Read(string name) => File.ReadAllBytes(TestFiles.Golden($"{name}.nario"));

    /// <summary>Gets a nario of version 2 as this project writes it: signatures in the order of the names of their keys, as Nix
    /// since 3.19, and not of their whole texts, as 3.12 wrote them.</summary>
    internal static byte[] ReadWithOrderedSignatures(string name)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(Read(name)));
        using MemoryStream output = new();
        NarioWriter writer = new(output, reader.Version);
        while (reader.Read())
        {
            NarioPathInfo info = reader.Info!;
            string[] signatures =
            [
                .. info.Signatures
                    .OrderBy(static text => text.Split(':')[0], StringComparer.Ordinal)
                    .ThenBy(static text => Convert.ToHexString(Convert.FromBase64String(text.Split(':')[1])), StringComparer.Ordinal),
            ];
            reader.Nar.CopyTo(writer.BeginPath(info with { Signatures = signatures }));
            writer.EndPath();
        }

        writer.Complete();
        return output.ToArray();
    }

    /// <summary>Gets a nario of version 1 with what must be there before another is imported; null: nothing.</summary>
    internal static byte[]? ReadPrerequisites(string name) =>
        name.StartsWith(LastOfClosure, StringComparison.Ordinal) ? WithoutLastPath(Read($"{Closure}v1")) : null;

    /// <summary>Gets a nario without its last path.</summary>
    private static byte[] WithoutLastPath(byte[] nario)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
        int start = 0;
        int end = 0;
        while (reader.Read())
        {
            _ = reader.ReadInfo();
            start = end;
            end = (int)reader.Offset;
        }

        return [.. nario.AsSpan(0, start), .. nario.AsSpan(end)];
    }
}
