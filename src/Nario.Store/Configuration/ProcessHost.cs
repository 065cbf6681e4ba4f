using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Configuration;

/// <summary>The machine, user and environment of this process.</summary>
public sealed class ProcessHost : IHost
{
    /// <summary>How many bytes a file of configuration has at most; a limit of this library.</summary>
    public const int MaxFileLength = 1024 * 1024;

    private const int BlockLength = 4096;

    private const string HomeVariable = "HOME";

    /// <summary>Where the user database says that users without a home have it; there is nothing there.</summary>
    private const string EmptyDirectory = "/nonexistent";

    /// <inheritdoc/>
    public string CurrentDirectory => WorkingDirectory.Path;

    /// <inheritdoc/>
    /// <remarks>The rule of Nix 2.4 and later: a <c>HOME</c> that is there counts when this user owns it, else the one of the
    /// user database does.</remarks>
    public string HomeDirectory =>
        this.FindVariable(HomeVariable) is { } home && ForeignHomeDirectory is null
            ? home
            : ProcessIdentity.FindHomeDirectory() ?? EmptyDirectory;

    /// <inheritdoc/>
    public string? ForeignHomeDirectory =>
        this.FindVariable(HomeVariable) is { } home && ProcessIdentity.IsOwnedByAnother(home) ? home : null;

    /// <inheritdoc/>
    public bool IsSuperuser => Environment.IsPrivilegedProcess;

    /// <inheritdoc/>
    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    /// <inheritdoc/>
    public bool Exists(string path) => Path.Exists(path);

    /// <inheritdoc/>
    public bool IsReadableAndWritable(string path) => FileAccessCheck.CanReadAndWrite(path);

    /// <inheritdoc/>
    public string? ReadText(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using MemoryStream text = new();
            byte[] block = new byte[BlockLength];
            int read;
            while ((read = stream.Read(block)) > 0)
            {
                text.Write(block, 0, read);
                if (text.Length > MaxFileLength)
                {
                    throw new StoreException(
                        $"file '{EscapedText.FromText(path)}' is larger than {MaxFileLength} bytes");
                }
            }

            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
