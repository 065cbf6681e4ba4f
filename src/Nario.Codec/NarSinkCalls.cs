using System.Diagnostics;

namespace Nario.Codec;

/// <summary>Passes the tokens of a NAR on to sinks.</summary>
internal static class NarSinkCalls
{
    /// <summary>Passes one token on.</summary>
    /// <param name="sink">What takes the tree.</param>
    /// <param name="token">The token.</param>
    /// <param name="value">The name, the piece of a file or the target that belongs to the token.</param>
    /// <param name="isExecutable">Whether the last file is executable.</param>
    /// <param name="length">The size of the last file in bytes.</param>
    /// <typeparam name="TSink">Its type.</typeparam>
    public static void WriteToken<TSink>(
        this TSink sink, NarToken token, ReadOnlySpan<byte> value, bool isExecutable, ulong length)
        where TSink : INarSink
    {
        switch (token)
        {
            case NarToken.DirectoryStart:
                sink.BeginDirectory();
                break;
            case NarToken.Entry:
                sink.BeginEntry(value);
                break;
            case NarToken.DirectoryEnd:
                sink.EndDirectory();
                break;
            case NarToken.File:
                sink.BeginFile(isExecutable, length);
                break;
            case NarToken.Contents:
                sink.WriteContents(value);
                break;
            case NarToken.Symlink:
                sink.WriteSymlink(value);
                break;
            case NarToken.None:
            default:
                throw new UnreachableException();
        }
    }
}
