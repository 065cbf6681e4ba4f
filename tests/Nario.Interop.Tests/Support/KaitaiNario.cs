namespace Nario.Interop.Tests.Support;

/// <summary>What a reader finds in one nario.</summary>
/// <param name="File">The path of its file.</param>
/// <param name="IsAccepted">Whether it can be read to its end marker.</param>
/// <param name="Error">Why it cannot.</param>
/// <param name="Paths">Its paths, when it can.</param>
internal sealed record KaitaiNario(string File, bool IsAccepted, string? Error, IReadOnlyList<KaitaiPath> Paths);
