using System.Text;
using System.Text.Json;
using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Listing;

namespace Nario.Fuzz.Listing;

/// <summary>Listing a nario in every form.</summary>
internal sealed class ListHarness : IHarness
{
    /// <summary>A tree of the greatest depth takes two levels of JSON for each of its own.</summary>
    private static readonly JsonDocumentOptions Nesting = new() { MaxDepth = 256 };

    private static readonly ListOptions Plain = new();
    private static readonly ListOptions Json = new() { Json = true };
    private static readonly ListOptions Recursive = new() { Recursive = true };
    private static readonly ListOptions Long = new() { Recursive = true, Detailed = true };
    private static readonly ListOptions Terminal = new() { Recursive = true, Detailed = true, ForTerminal = true };
    private static readonly ListOptions RecursiveJson = new() { Json = true, Recursive = true };
    private static readonly ListOptions IndentedJson =
        new() { Json = true, Recursive = true, Indented = true, ForTerminal = true };

    /// <inheritdoc/>
    public string Name => "list";

    /// <inheritdoc/>
    public string Description => "lists a nario in every form from a file and a pipe: one verdict, lists that agree";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] nario = input.ToArray();
        Outcome plain = ListBothWays(nario, Plain);
        Outcome json = ListBothWays(nario, Json);
        Outcome recursive = ListBothWays(nario, Recursive);
        Outcome detailed = ListBothWays(nario, Long);
        Outcome terminal = ListBothWays(nario, Terminal);
        Outcome recursiveJson = ListBothWays(nario, RecursiveJson);
        Outcome indented = ListBothWays(nario, IndentedJson);

        MustAgree(plain, json, "plain against JSON");
        MustAgree(recursive, detailed, "names against details");
        MustAgree(recursive, terminal, "names against a terminal");
        MustAgree(recursive, recursiveJson, "files as text against files as JSON");
        MustAgree(recursive, indented, "files as text against indented JSON");
        FindingException.Unless(
            plain.Error is null || recursive.Error is not null, $"a list refuses what a list of files accepts: {plain.Error}");
        FindingException.Unless(
            recursive.Error is null || plain.Error is not null || IsVersion2(nario),
            $"a list of files refuses what a list accepts, though both read version 1: {recursive.Error}");
        FindingException.Unless(
            Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(terminal.Text)).All(static character => character == '\n' || !char.IsControl(character)),
            "a list for a terminal holds a control character");
        CheckJson(json, plain);
        CheckJson(recursiveJson, plain);
        CheckJson(indented, plain);
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Narios;

    private static bool IsVersion2(byte[] nario)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
        return reader.Version.HasInfoFirst;
    }

    private static Outcome ListBothWays(byte[] nario, ListOptions options)
    {
        using MemoryStream file = new(nario);
        using ChunkStream pipe = new(nario, nario.Length == 0 ? [] : [nario[^1]]);
        Outcome fromFile = List(file, nario.Length, options);
        Outcome fromPipe = List(pipe, nario.Length, options);
        MustAgree(fromFile, fromPipe, $"{options} from a file against a pipe");
        FindingException.Unless(
            fromFile.Error is not null || fromFile.Text == fromPipe.Text, $"{options}: a file and a pipe give different lists");
        return fromFile;
    }

    private static Outcome List(Stream input, long length, ListOptions options)
    {
        using MemoryStream output = new();
        string? refusal = null;
        try
        {
            using NarioReader reader = NarioReader.Open(input);
            NarioLister.List(reader, options, output, CancellationToken.None);
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, length);
            refusal = error.Message;
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
            refusal = error.Message;
        }

        return new Outcome(refusal, Encoding.Latin1.GetString(output.GetBuffer(), 0, (int)output.Length));
    }

    private static void MustAgree(Outcome left, Outcome right, string what) => FindingException.Unless(
        left.Error is null == right.Error is null, $"{what}: {left.Error ?? "accepted"} against {right.Error ?? "accepted"}");

    private static void CheckJson(Outcome json, Outcome plain)
    {
        if (json.Error is not null)
        {
            FindingException.Unless(json.Text.Length == 0, "JSON is begun before the nario is known to be valid");
            return;
        }

        using JsonDocument document = JsonDocument.Parse(Encoding.Latin1.GetBytes(json.Text), Nesting);
        string[] paths = [.. document.RootElement.GetProperty("paths").EnumerateObject().Select(Describe)];
        IEnumerable<string> lines = plain.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct();
        FindingException.Unless(
            paths.SequenceEqual(lines.Order(StringComparer.Ordinal)), "JSON and text list different paths or sizes");
    }

    private static string Describe(JsonProperty path) => $"{path.Name}: {path.Value.GetProperty("narSize")} bytes";

    /// <param name="Error">Why the nario is refused; null when it is not.</param>
    /// <param name="Text">The list, a character for each byte.</param>
    private sealed record Outcome(string? Error, string Text);
}
