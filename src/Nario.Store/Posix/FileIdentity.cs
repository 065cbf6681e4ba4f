namespace Nario.Store.Posix;

/// <summary>Which file something is.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
