using System.Globalization;
using System.Text;
using Nario.Store.Paths;

namespace Nario.Store.Signatures;

/// <summary>The text that signatures of store paths sign.</summary>
/// <remarks><c>1;FULL PATH;sha256:NAR HASH;NAR SIZE;FULL REFERENCES</c>: the hash in Nix's base 32, the size decimal,
/// the references sorted, with commas between them, the path itself among them if it mentions itself.</remarks>
public static class Fingerprint
{
    /// <summary>Gets the fingerprint of a path.</summary>
    /// <param name="storeDirectory">The directory of the store, which is a part of the text.</param>
    /// <param name="info">The path; its deriver, registration time, signatures and content address do not
    /// matter.</param>
    /// <returns>The bytes to sign.</returns>
    /// <exception cref="StoreException">The size of its NAR is not known.</exception>
    public static byte[] Create(StoreDirectory storeDirectory, ValidPathInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        string fullPath = storeDirectory.Join(info.Path);
        if (info.NarSize == 0)
        {
            throw new StoreException(
                $"cannot calculate fingerprint of path '{fullPath}' because its size is not known");
        }

        string references = string.Join(',', info.References.Select(storeDirectory.Join));
        return Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"1;{fullPath};{info.NarHash};{info.NarSize};{references}"));
    }
}
