namespace Nario.Store.Local;

/// <summary>What a local store is opened for.</summary>
public enum StoreAccess
{
    /// <summary>To read a store that exists. Nothing is created or changed, so reading permission is enough.</summary>
    Read,

    /// <summary>To add paths as well. What is missing of the store is created.</summary>
    ReadAndWrite,
}
