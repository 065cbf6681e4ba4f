using System.Text.Json;
using Nario.Flakes.References;
using Nario.Store;

namespace Nario.Flakes.Registries;

/// <summary>Replacements of references, in the order in which they are tried.</summary>
/// <param name="Entries">The replacements.</param>
public sealed record FlakeRegistry(IReadOnlyList<RegistryEntry> Entries)
{
    private const int Version = 2;

    /// <summary>Gets a registry without entries.</summary>
    public static FlakeRegistry Empty { get; } = new([]);

    /// <summary>Reads a registry. What is wrong with it is a warning, and the entries before it count.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="warn">Takes the warning.</param>
    public static FlakeRegistry Parse(string json, string shown, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(warn);
        List<RegistryEntry> entries = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Read(document.RootElement, entries);
        }
        catch (JsonException error)
        {
            warn($"cannot parse flake registry '{shown}': {EscapedText.FromText(error.Message)}");
        }
        catch (StoreException error)
        {
            warn($"cannot read flake registry '{shown}': {error.Message}");
        }

        return new FlakeRegistry(entries.AsReadOnly());
    }

    private static void Read(JsonElement root, List<RegistryEntry> entries)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("version", out JsonElement version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out int number)
            || number != Version)
        {
            throw new FlakeException($"it is not of version {Version}");
        }

        if (!root.TryGetProperty("flakes", out JsonElement flakes) || flakes.ValueKind != JsonValueKind.Array)
        {
            throw new FlakeException("it has no list 'flakes'");
        }

        foreach (JsonElement flake in flakes.EnumerateArray())
        {
            bool isExact = flake.ValueKind == JsonValueKind.Object
                && flake.TryGetProperty("exact", out JsonElement exact)
                && exact.ValueKind == JsonValueKind.True;
            FlakeReference from = ReferenceAttributes.Read(Get(flake, "from"));
            if (from.Dir is not null)
            {
                throw new FlakeException("'from' has an attribute 'dir'");
            }

            entries.Add(new RegistryEntry(from, ReferenceAttributes.Read(Get(flake, "to")), isExact));
        }
    }

    private static JsonElement Get(JsonElement flake, string name) =>
        flake.ValueKind == JsonValueKind.Object && flake.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new FlakeException($"an entry has no '{name}'");
}
