using System.IO.Compression;

namespace Nario.Flakes.Unpacking;

/// <summary>Makes the decoders of .NET for deflated data, set to refuse data that end early.</summary>
/// <remarks>
/// .NET takes such data for whole unless the process says otherwise before the first decoder is made. Here it does; a program
/// that makes decoders of its own before must do so itself.
/// </remarks>
internal static class Inflating
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";

    static Inflating()
    {
        if (!AppContext.TryGetSwitch(StrictSwitch, out _))
        {
            AppContext.SetSwitch(StrictSwitch, true);
        }
    }

    /// <summary>Makes a decoder of gzip, of several members one after another too.</summary>
    internal static GZipStream OpenGzip(Stream input) => new(input, CompressionMode.Decompress);

    /// <summary>Makes a decoder of deflated data without anything around them.</summary>
    internal static DeflateStream OpenDeflate(Stream input) => new(input, CompressionMode.Decompress);

    /// <summary>Makes a decoder of zlib.</summary>
    internal static ZLibStream OpenZlib(Stream input) => new(input, CompressionMode.Decompress);
}
