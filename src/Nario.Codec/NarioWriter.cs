using System.Text;
using Nario.Codec.Blocks;
using Nario.Codec.Versions;

namespace Nario.Codec;

/// <summary>Writes a nario of any version path by path, in bounded memory.</summary>
/// <remarks>
/// The output is no nario before <see cref="Complete"/>. Once a call has thrown, nothing more can be written.
/// </remarks>
public sealed class NarioWriter
{
    private readonly BlockWriter _output;
    private readonly VersionWriter _framing;
    private readonly NarWriterSink<BlockWriter> _nar;
    private readonly int _maximumLength;
    private NarioPathInfo? _current;
    private bool _isAtWork;

    /// <summary>Begins a nario.</summary>
    /// <param name="output">Where it goes; never closed.</param>
    /// <param name="version">Its version.</param>
    /// <param name="options">Options; null: <see cref="NarioOptions.Default"/>.</param>
    public NarioWriter(Stream output, NarioVersion version, NarioOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(version);
        Version = version;
        _output = new BlockWriter(output);
        options ??= NarioOptions.Default;
        _maximumLength = options.MaximumPathLength - Encoding.UTF8.GetByteCount(options.StoreDirectory) - 1;
        _framing = version.MakeWriter(_output, options);
        _nar = new NarWriterSink<BlockWriter>(_output, _framing.NarState);
        _framing.Begin();
    }

    /// <summary>The version of the nario.</summary>
    public NarioVersion Version { get; }

    /// <summary>Begins a path. Its NAR goes into the sink; then comes <see cref="EndPath"/>.</summary>
    /// <param name="info">
    /// What is said of the path, as far as the version states it; hash and size of its NAR are required in a version
    /// that states them.
    /// </param>
    /// <param name="consumer">Gets the bytes of the NAR, all of them once the path has ended; or null.</param>
    /// <returns>What takes the NAR.</returns>
    /// <exception cref="ArgumentException">The version cannot state such an info.</exception>
    /// <exception cref="InvalidOperationException">
    /// A path was begun and not ended, or a call has thrown before.
    /// </exception>
    public INarSink BeginPath(NarioPathInfo info, IBlockConsumer? consumer = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (_current is not null)
        {
            throw new InvalidOperationException("A path was begun and not ended.");
        }

        BeginWork();
        _framing.BeginPath(info);
        _nar.BoundPaths(_maximumLength - info.Path.Length);
        _current = info;
        if (consumer is not null)
        {
            _output.Attach(consumer);
        }

        _isAtWork = false;
        return _nar;
    }

    /// <summary>Ends the current path.</summary>
    /// <exception cref="ArgumentException">The version cannot state such an info.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no current path, its NAR is not complete or not as long as its info says, or a call has thrown before.
    /// </exception>
    public void EndPath()
    {
        if (_current is null)
        {
            throw new InvalidOperationException("There is no current path.");
        }

        BeginWork();
        _nar.Complete();
        _output.DetachAll();
        _framing.EndPath(_current);
        _current = null;
        _isAtWork = false;
    }

    /// <summary>Writes the end marker and passes everything on to the output.</summary>
    /// <exception cref="InvalidOperationException">
    /// A path was begun and not ended, the nario is complete already, or a call has thrown before.
    /// </exception>
    public void Complete()
    {
        if (_current is not null)
        {
            throw new InvalidOperationException("A path was begun and not ended.");
        }

        BeginWork();
        _framing.Complete();
        _output.Flush();
        _isAtWork = false;
    }

    /// <summary>What a call that throws has written never reaches the output, so no call can go on after it.</summary>
    private void BeginWork()
    {
        if (_isAtWork)
        {
            throw new InvalidOperationException("The writer has failed before.");
        }

        _isAtWork = true;
    }
}
