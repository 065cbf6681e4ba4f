using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads a version whose path info stands before the NAR and states its size: the version maps its tokens to <see cref="Fields"/>.</summary>
internal abstract class InfoFirstReader(BlockReader input) : VersionReader(input)
{
    /// <summary>The fields of the entry that is being read.</summary>
    protected PathInfoFields Fields { get; } = new();

    /// <summary>The specification's path of the NAR.</summary>
    protected abstract string NarSpecPath { get; }

    /// <inheritdoc/>
    public override bool ReadEntry()
    {
        // A NAR shorter than its stated size is found here, and is an error of the entry that it belongs to.
        if (Path is null || NarState.Offset == NarState.End)
        {
            BeginEntry();
        }

        Fields.Clear();
        if (!ReadPart(EntryPart.BeforeNar))
        {
            return false;
        }

        Info = Fields.ToPathInfo(Path!);
        return true;
    }

    /// <inheritdoc/>
    public override void FinishEntry()
    {
    }

    /// <inheritdoc/>
    public override bool TrySkipNar()
    {
        if (NarState.HasFailed)
        {
            throw new InvalidOperationException("The reader has failed before.");
        }

        long beyond = SkipNar(Input.Block, Input.IsFinal, out int consumed);
        Input.Advance(consumed);
        long missing = Input.Skip(beyond);
        if (missing > 0)
        {
            long end = Offset - missing;
            Fail();
            throw new NarioFormatException(end, NarSpecPath, "more bytes", "the end of the input", isTruncated: true);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Fail() => NarState.MarkFailed();

    /// <summary>Passes over the NAR in the generated state.</summary>
    /// <param name="block">The bytes from <see cref="VersionReader.Offset"/> on.</param>
    /// <param name="isFinal">Whether the input ends with the block.</param>
    /// <param name="consumed">How many bytes of the block were passed over.</param>
    /// <returns>How many bytes behind the block belong to the NAR.</returns>
    protected abstract long SkipNar(ReadOnlySpan<byte> block, bool isFinal, out int consumed);
}
