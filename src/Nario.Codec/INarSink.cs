namespace Nario.Codec;

/// <summary>
/// Takes the content of one NAR in the order in which a NAR holds it. What reads a tree (a NAR, a folder on disk)
/// calls it; what makes one (a restorer, a NAR writer, a listing) implements it.
/// </summary>
/// <remarks>
/// A tree is one node: <see cref="BeginDirectory"/>, then for each entry in ascending byte order
/// <see cref="BeginEntry"/> and a node, then <see cref="EndDirectory"/>; or <see cref="BeginFile"/> and
/// <see cref="WriteContents"/>, or <see cref="GetContentsSpan"/> and <see cref="AdvanceContents"/>, until all its bytes
/// are there; or <see cref="WriteSymlink"/>.
/// </remarks>
public interface INarSink
{
    /// <summary>Begins a directory.</summary>
    void BeginDirectory();

    /// <summary>Names the entry of the current directory whose node follows.</summary>
    /// <param name="name">1 to 255 bytes, valid during the call only.</param>
    void BeginEntry(ReadOnlySpan<byte> name);

    /// <summary>Ends the current directory.</summary>
    void EndDirectory();

    /// <summary>Begins a regular file.</summary>
    /// <param name="isExecutable">Whether its owner may execute it.</param>
    /// <param name="length">Its size in bytes.</param>
    void BeginFile(bool isExecutable, ulong length);

    /// <summary>Adds to the contents of the current file.</summary>
    /// <param name="chunk">At least one byte, valid during the call only.</param>
    void WriteContents(ReadOnlySpan<byte> chunk);

    /// <summary>
    /// Gets room in the sink's own buffer for the next piece of the current file's contents, which need not be copied
    /// then; only while bytes of the file are missing. What is put there counts once the next call is
    /// <see cref="AdvanceContents"/>; the room may be left unused too.
    /// </summary>
    /// <returns>The room, perhaps for more than is missing; empty where the sink has none, and the piece has to be written.</returns>
    Span<byte> GetContentsSpan() => default;

    /// <summary>Adds what was put into the room to the contents of the current file. What gives room has this too.</summary>
    /// <param name="count">How many bytes of the room; at least one.</param>
    void AdvanceContents(int count) => throw new NotSupportedException("This sink has given no room.");

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="target">1 to 4095 bytes, valid during the call only.</param>
    void WriteSymlink(ReadOnlySpan<byte> target);
}
