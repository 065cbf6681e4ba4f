using Nario.Store;
using Nario.Store.Posix;

namespace Nario.Cli.Streams;

/// <summary>A file that is there under its name only once it is whole.</summary>
/// <remarks>
/// It is written without a name, or where the file system does not know that, beside the place where it goes, and then
/// renamed. What is no regular file (a FIFO, a device) is written as it is.
/// </remarks>
internal sealed class OutputFile : IDisposable
{
    /// <summary>What is wrong with a terminal.</summary>
    public const string TerminalRefusal = "refusing to write nario to a terminal";

    private const int RandomLength = 8;

    private readonly string? _temporaryPath;
    private readonly string _name;
    private readonly string _target;
    private readonly DescriptorStream _stream;
    private readonly bool _isUnnamed;
    private bool _isComplete;

    private OutputFile(string name, string target, string? temporaryPath, DescriptorStream stream, bool isUnnamed)
    {
        _name = name;
        _target = target;
        _temporaryPath = temporaryPath;
        _stream = stream;
        _isUnnamed = isUnnamed;
    }

    /// <summary>Gets where the content goes.</summary>
    public Stream Stream => _stream;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its path. A link is followed, and a file that is there keeps its permissions.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <exception cref="UsageException">It is a terminal.</exception>
    /// <exception cref="StoreException">It cannot be made; or the path is empty.</exception>
    public static OutputFile Create(string path, CancellationToken cancellation)
    {
        if (path.Length == 0)
        {
            throw new StoreException("the name of the output file must not be empty");
        }

        UnixFileMode? permissions = null;

        // By the name that was given: whether a link in it may be followed, which can be a trap in a folder that all may
        // write to, is for the kernel to say.
        if (DescriptorStream.TryOpenWrite(path, cancellation) is { } present)
        {
            if (!present.IsRegularFile)
            {
                return WriteDirectly(path, present);
            }

            permissions = present.Permissions;
            present.Dispose();
        }

        string random = Convert.ToHexStringLower(RandomBytes.Get(RandomLength));
        string target = FollowLink(path);
        string folder = Path.GetDirectoryName(target)
            ?? throw new StoreException($"cannot create '{path}': it is a folder");
        if (!Directory.Exists(folder))
        {
            throw new StoreException($"cannot create '{path}': there is no folder '{folder}'");
        }

        string temporaryPath = Path.Combine(folder, $".nario-{random}.tmp");
        DescriptorStream? unnamed = DescriptorStream.TryCreateUnnamed(folder, path, cancellation);
        DescriptorStream stream = unnamed ?? DescriptorStream.Create(temporaryPath, path, cancellation);
        OutputFile output = new(path, target, temporaryPath, stream, unnamed is not null);
        try
        {
            if (permissions is { } mode && mode != stream.Permissions)
            {
                stream.Permissions = mode;
            }

            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file its name, with all its content on the disk.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Complete()
    {
        if (_temporaryPath is not null)
        {
            _stream.CloseSynchronized(_isUnnamed ? _temporaryPath : null);
            try
            {
                File.Move(_temporaryPath, _target, overwrite: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw PosixException.Wrap("replace", _name, error);
            }
        }

        _isComplete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_isComplete && _temporaryPath is not null)
        {
            File.Delete(_temporaryPath);
        }
    }

    /// <summary>Gets where a file goes that is written by a name which may be a link.</summary>
    private static string FollowLink(string path)
    {
        try
        {
            FileInfo named = new(path);
            return named.LinkTarget is null
                ? named.FullName
                : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PosixException.Wrap("create", path, error);
        }
    }

    private static OutputFile WriteDirectly(string path, DescriptorStream stream)
    {
        if (stream.IsTerminal)
        {
            stream.Dispose();
            throw new UsageException(TerminalRefusal);
        }

        return new OutputFile(path, path, null, stream, isUnnamed: false);
    }
}
