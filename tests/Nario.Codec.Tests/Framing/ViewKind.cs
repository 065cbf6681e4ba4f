namespace Nario.Codec.Tests.Framing;

/// <summary>The generated views of a NAR.</summary>
public enum ViewKind
{
    NodeType,
    FileHeader,
    EntryTag,
    EntryHeader,
    Symlink,
}
