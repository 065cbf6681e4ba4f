using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Takes the tokens of the generated readers.</summary>
internal interface ITokenVisitor
{
    /// <summary>Gets whether NARs in a nario are read token by token, and not passed over by the reader around them.</summary>
    bool ReadsNars { get; }

    /// <summary>Takes a token of a NAR.</summary>
    void Take(in NarReader reader);

    /// <summary>Takes a token of a nario of version 1.</summary>
    void Take(in NarioV1Reader reader);

    /// <summary>Takes a token of a nario of version 2.</summary>
    void Take(in NarioV2Reader reader);

    /// <summary>Takes note of the end of a NAR.</summary>
    void EndNar();
}
