using Nario.Codec;

namespace Nario.Store.Pipeline;

/// <summary>Passes a tree on until the work is to end early.</summary>
internal sealed class CancellableSink(INarSink inner, CancellationToken cancellation) : INarSink
{
    public void BeginDirectory() => inner.BeginDirectory();

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        cancellation.ThrowIfCancellationRequested();
        inner.BeginEntry(name);
    }

    public void EndDirectory() => inner.EndDirectory();

    public void BeginFile(bool isExecutable, ulong length) => inner.BeginFile(isExecutable, length);

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        cancellation.ThrowIfCancellationRequested();
        inner.WriteContents(chunk);
    }

    public Span<byte> GetContentsSpan()
    {
        cancellation.ThrowIfCancellationRequested();
        return inner.GetContentsSpan();
    }

    public void AdvanceContents(int count) => inner.AdvanceContents(count);

    public void WriteSymlink(ReadOnlySpan<byte> target) => inner.WriteSymlink(target);
}
