namespace Nario.Ksy.Programs;

/// <summary>What is made of one specification file.</summary>
/// <param name="SpecId">Its id.</param>
/// <param name="File">Its path.</param>
/// <param name="Title">Its title, or null.</param>
/// <param name="Doc">Its documentation, or null.</param>
/// <param name="Enumerations">The enumerations that it declares, those of strings included.</param>
/// <param name="Records">Its types of bounded size.</param>
/// <param name="Stream">Its root, when that is read piece by piece; else null.</param>
public sealed record SpecProgram(
    string SpecId,
    string File,
    string? Title,
    string? Doc,
    IReadOnlyList<Enumeration> Enumerations,
    IReadOnlyList<RecordProgram> Records,
    StreamProgram? Stream);
