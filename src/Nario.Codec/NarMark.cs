namespace Nario.Codec;

/// <summary>The place of a NAR in the input of a <see cref="NarioReader"/>.</summary>
/// <param name="StreamOffset">Offset in the stream.</param>
/// <param name="Offset">Offset from the beginning of the nario.</param>
public readonly record struct NarMark(long StreamOffset, long Offset);
