namespace Nario.Store.Posix;

/// <summary>The rule for a name that goes to a call relative to a directory: one component, whoever asks.</summary>
internal static class EntryName
{
    /// <summary>How many bytes a name has at most (NAME_MAX).</summary>
    public const int MaxLength = 255;

    /// <summary>How many bytes a buffer for a name and its NUL has.</summary>
    public const int Capacity = MaxLength + 1;

    /// <summary>Copies a name with a NUL behind it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="buffer"><see cref="Capacity"/> bytes.</param>
    /// <exception cref="StoreException">
    /// It is empty, <c>.</c> or <c>..</c>, too long, or has a slash or a NUL: it could lead out of the directory.
    /// </exception>
    public static void CopyTerminated(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        if (name.IsEmpty || name.Length > MaxLength || name.IndexOfAny((byte)'/', (byte)0) >= 0
            || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
        {
            throw new StoreException($"invalid file name '{EscapedText.FromBytes(name)}'");
        }

        name.CopyTo(buffer);
        buffer[name.Length] = 0;
    }
}
