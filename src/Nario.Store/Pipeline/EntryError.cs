using System.Globalization;
using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Pipeline;

/// <summary>Says of an error in a nario where it is. The one place that does, for whatever reads entries.</summary>
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

    /// <summary>Makes the error for the user of one that a path has when it is added, from what was copied while the reader
    /// was at its entry.</summary>
    /// <param name="error">The error.</param>
    /// <param name="path">The path; null where it was not known.</param>
    /// <param name="entryNumber">The number of its entry.</param>
    /// <param name="place">Where its field stands that is at fault; or null.</param>
    /// <param name="storeDirectory">The directory of the store.</param>
    public static StoreException Locate(
        StoreException error, StorePath? path, int entryNumber, NarioPlace? place, StoreDirectory storeDirectory) =>
        new($"{Prefix(path, entryNumber, storeDirectory, error.Message)}{error.Message}{Suffix(place)}", error);

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
