using System.Security.Cryptography;
using System.Text;

namespace Nario.Codec.Tests.Samples;

/// <summary>How a tool reads the files in a nario.</summary>
internal static class HashSample
{
    /// <summary>Prints the SHA-256 and the name of every regular file in a nario.</summary>
    public static void Hash(Stream input, TextWriter output)
    {
        using NarioReader nario = NarioReader.Open(input);
        while (nario.Read())
        {
            NarCursor nar = nario.Nar;
            Stack<string> names = new();
            while (nar.Read())
            {
                switch (nar.Token)
                {
                    case NarToken.Entry:
                        names.Push(Encoding.UTF8.GetString(nar.Name));
                        break;
                    case NarToken.File:
                        using (Stream contents = nar.OpenContents())
                        {
                            string hash = Convert.ToHexStringLower(SHA256.HashData(contents));
                            output.WriteLine($"{hash}  {string.Join('/', names.Reverse())}");
                        }

                        names.TryPop(out _);
                        break;
                    case NarToken.Symlink or NarToken.DirectoryEnd:
                        names.TryPop(out _);
                        break;
                }
            }
        }
    }
}
