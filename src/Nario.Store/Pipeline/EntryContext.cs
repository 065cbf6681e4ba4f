using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Pipeline;

/// <summary>Captures an entry so that a later error can be attributed to it, when the reader has gone on.</summary>
/// <param name="Number">Its number in the nario; the first one has number 1.</param>
/// <param name="Path">Its path; null where that is not known yet.</param>
/// <param name="Nar">Where its NAR stands.</param>
/// <param name="StoreDirectory">The directory of the store.</param>
internal sealed record EntryContext(int Number, StorePath? Path, NarioPlace? Nar, StoreDirectory StoreDirectory)
{
    /// <summary>Captures the entry that a reader stands in.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="path">The path; null where it is not known yet.</param>
    /// <param name="storeDirectory">The directory of the store.</param>
    public static EntryContext Capture(NarioReader reader, StorePath? path, StoreDirectory storeDirectory) =>
        new(reader.EntryNumber, path, reader.Find(NarioField.Nar), storeDirectory);
}
