using Nario.Cli.Messages;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Pipeline;
using Nario.Store.Posix;

namespace Nario.Cli.Streams;

/// <summary>The nario that a command reads: a file that the user named, or the standard input.</summary>
internal sealed class NarioInput : IDisposable
{
    /// <summary>What names the standard input, and the standard output where one is written.</summary>
    public const string StandardStream = "-";

    /// <summary>What messages call a nario when there is one only.</summary>
    public const string UsualName = "the nario";

    /// <summary>How long a pipe whose nario has ended is watched for more. Its writer mostly ends with it, but may
    /// keep it open for something else.</summary>
    private const int RestMilliseconds = 250;

    private readonly WatchedStream _stream;
    private readonly long _start;

    private NarioInput(WatchedStream stream, NarioOptions options)
    {
        _stream = stream;
        _start = stream.CanSeek ? stream.Position : 0;
        Reader = NarioReader.Open(
            stream, options with { MaximumPathLength = SystemLimits.MaxPathLength }, leaveOpen: true);
    }

    /// <summary>Gets the reader.</summary>
    public NarioReader Reader { get; }

    /// <summary>Opens the nario.</summary>
    /// <param name="file">The file; null or <c>-</c> for the standard input.</param>
    /// <param name="context">What the program is connected to.</param>
    /// <param name="progress">Counts what is read.</param>
    /// <param name="options">How the nario is read.</param>
    /// <param name="cancellation">Ends waiting for it.</param>
    /// <exception cref="UsageException">The standard input is a terminal.</exception>
    /// <exception cref="StoreException">It cannot be opened, or is no nario.</exception>
    public static NarioInput Open(
        string? file, ProgramContext context, Progress progress, NarioOptions options, CancellationToken cancellation)
    {
        string? named = file == StandardStream ? null : file;
        if (named is null && context.IsInputTerminal)
        {
            throw new UsageException("refusing to read nario from a terminal");
        }

        WatchedStream stream = progress.Watch(
            named is null ? context.OpenInput(cancellation) : DescriptorStream.OpenRead(named, cancellation));
        try
        {
            return new NarioInput(stream, options);
        }
        catch (NarioFormatException error)
        {
            stream.Dispose();
            throw new StoreException(Describe(error, named), error);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Warns of what a user may not expect of a nario that was read to its end.</summary>
    /// <param name="name">What the warnings call it.</param>
    /// <param name="pathCount">How many paths it holds.</param>
    /// <param name="log">Takes the warnings.</param>
    public void Warn(string name, int pathCount, IMessageLog log)
    {
        if (pathCount == 0)
        {
            log.Write(MessageLevel.Warning, $"{name} holds no paths");
        }

        long rest = _stream.CanSeek ? _stream.Length - _start - Reader.Offset : 0;
        if (rest > 0)
        {
            log.Write(
                MessageLevel.Warning,
                $"{Quantity.Of(rest, "byte")} after the end of {name} {(rest == 1 ? "was" : "were")} not read");
        }
        else if (!_stream.CanSeek && HasRest())
        {
            log.Write(MessageLevel.Warning, $"what follows the end of {name} was not read");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        _stream.Dispose();
    }

    /// <summary>Says what is wrong with the beginning of a file.</summary>
    private static string Describe(NarioFormatException error, string? file)
    {
        string subject = file is null ? "the input" : $"'{file}'";
        return
            error.IsUnknownFormat && file is not null ? $"{subject} {error.Message["input ".Length..]}" :
            error.IsTruncated && error.Offset == 0 ? $"{subject} is empty, so it is no nario" :
            file is null ? error.Message : $"{subject}: {error.Message}";
    }

    /// <summary>Gets whether something follows the nario in a pipe.</summary>
    private bool HasRest()
    {
        try
        {
            return _stream.ReadCount > Reader.Offset
                || ((_stream.Inner is not DescriptorStream pipe || pipe.WaitForInput(RestMilliseconds))
                    && _stream.Read(new byte[1]) > 0);
        }
        catch (PosixException)
        {
            // All of the nario is there. What cannot be read behind it is nobody's loss.
            return false;
        }
    }
}
