using System.Globalization;
using System.Text;

namespace Nario.Flakes.Unpacking;

/// <summary>The records <c>LENGTH KEY=VALUE</c> that stand before a member or before all of them.</summary>
internal static class PaxRecords
{
    /// <summary>Reads records.</summary>
    /// <param name="text">All of them.</param>
    /// <param name="offset">Where they are in the archive, for errors.</param>
    /// <param name="take">Takes each key and value.</param>
    /// <exception cref="ArchiveException">They are malformed.</exception>
    internal static void Read(ReadOnlySpan<byte> text, long offset, RecordAction take)
    {
        while (!text.IsEmpty)
        {
            int blank = text.IndexOf((byte)' ');
            if (blank <= 0
                || !int.TryParse(text[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= blank + 1
                || length > text.Length
                || text[length - 1] != '\n')
            {
                throw ArchiveException.At(offset, "malformed pax record");
            }

            ReadOnlySpan<byte> record = text[(blank + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                throw ArchiveException.At(offset, "malformed pax record");
            }

            take(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..]);
            text = text[length..];
        }
    }

    /// <summary>Takes a record.</summary>
    internal delegate void RecordAction(string key, ReadOnlySpan<byte> value);
}
