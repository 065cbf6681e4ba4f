using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Pipeline;

namespace Nario.Store.Import;

/// <summary>Checks the content address of a path while its NAR passes.</summary>
internal sealed class ContentProof : IBlockConsumer, INarSink, IDisposable
{
    private readonly ContentAddress _address;
    private readonly bool _isSelfReferencing;
    private readonly StreamingHash? _plain;
    private readonly HashModulo? _withPositions;
    private readonly HashModulo? _withoutPositions;
    private bool _isFile;
    private bool _isExecutable;
    private int _nodes;

    /// <summary>Begins.</summary>
    /// <param name="info">The path, with a content address that can be computed.</param>
    public ContentProof(ValidPathInfo info)
    {
        _address = info.ContentAddress!;
        _isSelfReferencing = info.References.Contains(info.Path);
        if (_isSelfReferencing && _address.Method == ContentAddressMethod.Nar)
        {
            _withPositions = new HashModulo(_address.Hash.Algorithm, info.Path);
            _withoutPositions = new HashModulo(_address.Hash.Algorithm, info.Path, withPositions: false);
        }
        else
        {
            _plain = new StreamingHash(_address.Hash.Algorithm);
        }
    }

    /// <summary>Gets how well the content bears the address out. Called once.</summary>
    public ContentProofResult Finish(out NixHash found)
    {
        if (_plain is not null)
        {
            found = _plain.Finish();
            return _address.Method != ContentAddressMethod.Nar && !_isFile ? ContentProofResult.NotAFile
                : found != _address.Hash ? ContentProofResult.Wrong
                : _address.Method != ContentAddressMethod.Nar && _isExecutable ? ContentProofResult.Executable
                : ContentProofResult.Proven;
        }

        found = _withPositions!.Finish();
        if (found == _address.Hash)
        {
            return ContentProofResult.Proven;
        }

        return _withoutPositions!.Finish() == _address.Hash ? ContentProofResult.Weak : ContentProofResult.Wrong;
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes)
    {
        if (_address.Method == ContentAddressMethod.Nar)
        {
            _plain?.Append(bytes.Span);
            AppendWithPositions(bytes.Span);
            _withoutPositions?.Append(bytes.Span);
        }
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
    }

    private void AppendWithPositions(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _withPositions?.Append(bytes);
        }
        catch (StoreException error)
        {
            throw new NarioEntryException(NarioField.ContentAddress, error.Message, innerException: error);
        }
    }

    public void BeginDirectory() => _nodes++;

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
    }

    public void EndDirectory()
    {
    }

    public void BeginFile(bool isExecutable, ulong length)
    {
        _isFile = _nodes++ == 0;
        _isExecutable = isExecutable;
    }

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        if (_address.Method != ContentAddressMethod.Nar)
        {
            _plain!.Append(chunk);
        }
    }

    public void WriteSymlink(ReadOnlySpan<byte> target) => _nodes++;

    /// <inheritdoc/>
    public void Dispose()
    {
        _plain?.Dispose();
        _withPositions?.Dispose();
        _withoutPositions?.Dispose();
    }
}
