using System.Globalization;
using Nario.Cli.Messages;
using Nario.Codec;
using Nario.Store.Pipeline;
using Nario.Store.Posix;

namespace Nario.Cli.Streams;

/// <summary>The nario that a command reads: a file that the user named, or the standard input.</summary>
internal sealed class NarioInput : IDisposable
{
    private const string StandardInput = "-";

    private readonly Stream _stream;
    private readonly long _start;

    private NarioInput(Stream stream, NarioOptions options)
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
    public static NarioInput Open(
        string? file, ProgramContext context, Progress progress, NarioOptions options, CancellationToken cancellation)
    {
        bool isStandardInput = file is null or StandardInput;
        if (isStandardInput && context.IsInputTerminal)
        {
            throw new UsageException("refusing to read nario from a terminal");
        }

        Stream stream = progress.Watch(
            isStandardInput ? context.OpenInput(cancellation) : DescriptorStream.OpenRead(file!, cancellation));
        try
        {
            return new NarioInput(stream, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Warns of bytes after the end of the nario, where they can be seen without waiting.</summary>
    public void WarnOfRest(IMessageLog log)
    {
        long rest = _stream.CanSeek ? _stream.Length - _start - Reader.Offset : 0;
        if (rest > 0)
        {
            log.Write(
                MessageLevel.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{rest} bytes after the end of the nario were not read"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        _stream.Dispose();
    }
}
