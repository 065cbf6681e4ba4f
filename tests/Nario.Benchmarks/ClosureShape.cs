namespace Nario.Benchmarks;

/// <summary>What a made closure looks like.</summary>
/// <param name="Version">Version of the nario.</param>
/// <param name="Paths">Number of paths.</param>
/// <param name="Files">Files in each path.</param>
/// <param name="Length">Mean length of a file in bytes; exact when a path has one file.</param>
/// <param name="References">References of each path to paths before it.</param>
/// <param name="HasReferencesInLast">Whether only the last path has references.</param>
/// <param name="IsEmpty">Whether files hold zeros, which take no room on the disk.</param>
/// <param name="IsHashed">Whether version 2 states the hashes of the NARs: what is only listed needs none.</param>
internal sealed record ClosureShape(
    int Version,
    int Paths,
    int Files,
    long Length,
    int References,
    bool HasReferencesInLast,
    bool IsEmpty,
    bool IsHashed);
