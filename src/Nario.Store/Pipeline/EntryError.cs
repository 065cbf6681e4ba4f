using System.Globalization;
using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Pipeline;

/// <summary>Adds to the error of an entry where it stands in the nario. The one place that does, for all that reads entries.</summary>
/// <remarks>
/// A line begins with the store path, unless that stands in it anyhow. Where the path is not known, in version 1 up to
/// the end of the NAR, the number of the entry takes its place. It ends with the offset and the specification's name
/// for the field.
/// </remarks>
internal static class EntryError
{
    /// <summary>Makes the error for the user of one that the framing has.</summary>
    /// <param name="error">The error.</param>
    /// <param name="reader">The reader, as the error has left it.</param>
    /// <param name="storeDirectory">The directory of the store.</param>
    public static StoreException Locate(
        NarioFormatException error, NarioReader reader, StoreDirectory storeDirectory) =>
        new(Prefix(reader, storeDirectory, error.Message) + error.Message, error);

    /// <summary>Makes the error for the user of one that a field has.</summary>
    /// <param name="error">The error.</param>
    /// <param name="reader">The reader, which is still at the entry.</param>
    /// <param name="storeDirectory">The directory of the store.</param>
    public static StoreException Locate(
        NarioEntryException error, NarioReader reader, StoreDirectory storeDirectory)
    {
        string suffix = Suffix(reader.Find(error.Field, error.Index));
        return new StoreException($"{Prefix(reader, storeDirectory, error.Message)}{error.Message}{suffix}", error);
    }

    /// <summary>Makes the error for the user of one that a stage met after the reader may have gone on.</summary>
    /// <param name="error">The error.</param>
    /// <param name="entry">The entry.</param>
    public static StoreException Attribute(StoreException error, EntryContext entry) =>
        new(Prefix(entry.Path, entry.Number, entry.StoreDirectory, error.Message) + error.Message, error);

    /// <summary>Makes the error for the user of one that a path's contents have, after the reader may have gone on.</summary>
    /// <param name="error">The error.</param>
    /// <param name="entry">The entry.</param>
    public static StoreException AttributeToNar(StoreException error, EntryContext entry) =>
        new(
            Prefix(entry.Path, entry.Number, entry.StoreDirectory, error.Message) + error.Message + Suffix(entry.Nar),
            error);

    private static string Suffix(NarioPlace? place) => place is { } found
        ? string.Create(CultureInfo.InvariantCulture, $" (offset {found.Offset}, {found.SpecPath})")
        : string.Empty;

    private static string Prefix(NarioReader reader, StoreDirectory storeDirectory, string message)
    {
        _ = StorePath.TryParse(reader.Path, out StorePath? path);
        return Prefix(path, reader.EntryNumber, storeDirectory, message);
    }

    private static string Prefix(StorePath? path, int entryNumber, StoreDirectory storeDirectory, string message)
    {
        if (path is null)
        {
            return entryNumber == 0
                ? string.Empty
                : string.Create(CultureInfo.InvariantCulture, $"entry {entryNumber}: ");
        }

        string quoted = $"'{storeDirectory.Join(path)}'";
        return message.Contains(quoted, StringComparison.Ordinal) ? string.Empty : $"path {quoted}: ";
    }
}
