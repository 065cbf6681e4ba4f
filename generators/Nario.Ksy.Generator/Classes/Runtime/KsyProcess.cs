using System;
using System.IO;
using System.IO.Compression;

namespace Nario.Ksy.Runtime;

/// <summary>The processes that the language has.</summary>
internal static class KsyProcess
{
    /// <summary>Most bytes that one compressed field may become.</summary>
    private const int MaxInflated = 256 * 1024 * 1024;

    public static byte[] Xor(byte[] data, long key)
    {
        byte mask = unchecked((byte)key);
        for (int index = 0; index < data.Length; index++)
        {
            data[index] ^= mask;
        }

        return data;
    }

    public static byte[] Xor(byte[] data, byte[] key)
    {
        for (int index = 0; key.Length > 0 && index < data.Length; index++)
        {
            data[index] ^= key[index % key.Length];
        }

        return data;
    }

    public static byte[] RotateLeft(byte[] data, long amount)
    {
        int left = (int)(amount & 7);
        for (int index = 0; index < data.Length; index++)
        {
            data[index] = (byte)((data[index] << left) | (data[index] >> (8 - left)));
        }

        return data;
    }

    public static byte[] RotateRight(byte[] data, long amount) => RotateLeft(data, 8 - (amount & 7));

    /// <summary>Applies a routine of the program's own, which is made when the bytes have been read.</summary>
    public static byte[] Decode(byte[] data, IKsyProcess process) => process.Decode(data);

    public static byte[] Inflate(byte[] data, string path)
    {
        try
        {
            using ZLibStream source = new(new MemoryStream(data), CompressionMode.Decompress);
            using MemoryStream target = new();
            byte[] block = new byte[16 * 1024];
            int count;
            while ((count = source.Read(block, 0, block.Length)) > 0)
            {
                if (target.Length + count > MaxInflated)
                {
                    throw KsyErrors.Create(
                        KsyErrorKind.Limit, 0, path, "at most " + MaxInflated + " bytes when decompressed", "more");
                }

                target.Write(block, 0, count);
            }

            return target.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw KsyErrors.Create(KsyErrorKind.Process, 0, path, "a zlib stream", exception.Message);
        }
    }
}
