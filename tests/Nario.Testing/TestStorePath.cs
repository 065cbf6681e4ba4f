using System.Security.Cryptography;
using System.Text;
using Nario.Store.Paths;

namespace Nario.Testing;

/// <summary>Store paths for tests.</summary>
public static class TestStorePath
{
    /// <summary>Gets a store path of a name, whose hash part depends on the name only.</summary>
    public static StorePath Named(string name) =>
        StorePath.Create(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, StorePath.HashByteLength), name);
}
