namespace Nario.Cli.Tests.Checklist;

/// <summary>A nario with one thing about it, and what is said of it in every mode.</summary>
/// <param name="Id">Its number in the checklist of hostile input.</param>
/// <param name="Title">What is odd about it.</param>
/// <param name="Nario">Its bytes.</param>
public sealed record ChecklistCase(string Id, string Title, byte[] Nario)
{
    /// <summary>Gets its name, which tests carry.</summary>
    public string Name => $"{Id} {Title}";

    /// <summary>Gets the error of a list that does not show files; null when there is none.</summary>
    public string? Plain { get; init; }

    /// <summary>Gets the error of a list of all files, and of every reader that reads the NARs.</summary>
    public string? Tree { get; init; }

    /// <summary>Gets the error of an import into a store without the paths.</summary>
    public string? Import { get; init; }

    /// <summary>Gets the error of an import into a store in which <see cref="NarioBuilder.Path"/> is valid.</summary>
    public string? Again { get; init; }

    /// <summary>Gets the error of a list as JSON, which knows the hash of each NAR.</summary>
    public string? Json { get; init; }

    /// <summary>Gets what the reader of the framing says, which knows no store paths; null when it sees nothing.</summary>
    public string? Framing { get; init; }

    /// <summary>Gets how many bytes follow the end of the nario.</summary>
    public int RestLength { get; init; }

    /// <summary>Gets whether the nario holds no paths.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Gets the warning of an import into a store without the paths.</summary>
    public string? ImportWarning { get; init; }

    /// <summary>Gets the base names of the paths that an import into a store without them registers.</summary>
    public IReadOnlyList<string> Registered { get; init; } = [];

    /// <summary>Gets those that an import into a store in which <see cref="NarioBuilder.Path"/> is valid registers, when
    /// they are others; null when they are not.</summary>
    public IReadOnlyList<string>? RegisteredAgain { get; init; }

    /// <summary>Gets the options of the import.</summary>
    public IReadOnlyList<string> Options { get; init; } = ["--no-check-sigs"];

    /// <summary>Gets the NAR that must come out of the store again as it is; null when none is imported.</summary>
    public byte[]? Nar { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Gets the warnings of a mode that has read all of it.</summary>
    /// <param name="isFile">Whether it is read from a file, whose length is known.</param>
    public IEnumerable<string> GetEndWarnings(bool isFile)
    {
        if (IsEmpty)
        {
            yield return "the nario holds no paths";
        }

        if (RestLength > 0)
        {
            string bytes = RestLength == 1 ? "1 byte" : $"{RestLength} bytes";
            yield return isFile
                ? $"{bytes} after the end of the nario {(RestLength == 1 ? "was" : "were")} not read"
                : "what follows the end of the nario was not read";
        }
    }

    /// <summary>Makes it a case that every mode refuses in the same words.</summary>
    public ChecklistCase RefusedBy(string error) => this with
    {
        Plain = error,
        Tree = error,
        Import = error,
        Again = error,
        Json = error,
    };

    /// <summary>Makes it a case that is refused by everything that reads NARs, but not by what passes over them by the
    /// stated size: a plain list, and an import of a path that is valid already.</summary>
    public ChecklistCase RefusedByReaders(string error) => this with { Tree = error, Import = error };

    /// <summary>Makes it a case that only an import can refuse.</summary>
    public ChecklistCase RefusedByImport(string error) => this with { Import = error };
}
