using Nario.Store;
using SharpCompress.Common;
using ZstdSharp;

namespace Nario.Flakes.Unpacking;

/// <summary>Gives what a decoder makes of compressed data, and says in one way what is wrong with them.</summary>
/// <param name="open">Makes the decoder, which is disposed with this.</param>
/// <param name="format">The name of the format.</param>
internal sealed class DecodingStream(Func<Stream> open, string format) : ForwardStream
{
    private Stream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            _decoder ??= open();
            return _decoder.Read(buffer);
        }
        catch (Exception error) when (
            error is InvalidDataException or EndOfStreamException or ZstdException or SharpCompressException
                or ArchiveOperationException)
        {
            throw ArchiveException.Whole($"damaged {format} data: {EscapedText.FromText(error.Message.TrimEnd('.'))}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
        }

        base.Dispose(disposing);
    }
}
