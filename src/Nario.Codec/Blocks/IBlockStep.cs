namespace Nario.Codec.Blocks;

/// <summary>What <see cref="BlockReader.Pump"/> does with each block: runs a generated reader over it.</summary>
internal interface IBlockStep
{
    /// <summary>Gets whether the archive has been read to its end.</summary>
    bool IsComplete { get; }

    /// <summary>Reads tokens.</summary>
    /// <param name="block">The bytes from the state's offset on.</param>
    /// <param name="isFinal">Whether the input ends with the block.</param>
    /// <param name="consumed">How many bytes of the block were read.</param>
    /// <param name="toSkip">How many bytes behind the block are to be passed over before the next step.</param>
    /// <returns>Whether the pump stops here, at a token that was wanted.</returns>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    bool Read(ReadOnlySpan<byte> block, bool isFinal, out int consumed, out long toSkip);

    /// <summary>Takes back bytes that were to be passed over and that the input does not have.</summary>
    /// <param name="count">How many.</param>
    void Unskip(long count);
}
