using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Lowering;

/// <summary>What can be wrong with the meaning of a specification.</summary>
public static class LoweringRules
{
    /// <summary>A comparison with a string that the field can never hold.</summary>
    public static readonly KsyRule NeverEqual = new(
        "KSY0209",
        "Comparison that never holds",
        "The field can never be {0}.");

    /// <summary>A specification whose reader would need its own reader.</summary>
    public static readonly KsyRule EmbedsItself = new(
        "KSY0211",
        "Specification that contains itself",
        "The specification '{0}' contains itself through this field.");

    /// <summary>A type that contains itself directly.</summary>
    public static readonly KsyRule NoDepthLimit = new(
        "KSY0301",
        "Recursion without a limit",
        "Type '{0}' can contain itself: state how deep with '-max-depth'.");

    /// <summary>Something of the language that cannot be compiled yet.</summary>
    public static readonly KsyRule Unsupported = new("KSY0401", "Unsupported feature", "Not supported yet: {0}.");

    /// <summary>A field without a bound.</summary>
    public static readonly KsyRule Unbounded = new(
        "KSY0402",
        "Field without a bound",
        "Field '{0}' can be {1} bytes long, and at most {2} are read at once: bound its length with 'valid', or mark it '-stream: true'."
    );

    /// <summary>An expression that could leave the range of 64 bits.</summary>
    public static readonly KsyRule Overflow = new(
        "KSY0403",
        "Possible overflow",
        "The result can be {0} to {1}, which no 64-bit integer holds.");

    /// <summary>Bytes that are needed after they are gone.</summary>
    public static readonly KsyRule NotKept = new(
        "KSY0404",
        "Bytes are not kept",
        "'{0}' is a byte string: a streaming reader has forgotten it by then.");

    /// <summary>A type without a field.</summary>
    public static readonly KsyRule Nothing = new("KSY0405", "Nothing to read", "Type '{0}' has no fields.");

    /// <summary>More than this compiler takes on.</summary>
    public static readonly KsyRule TooLarge = new("KSY0406", "Too large", "'{0}' is too large: {1}.");

    /// <summary>A size that can be below zero.</summary>
    public static readonly KsyRule Negative = new(
        "KSY0407",
        "Possibly negative size",
        "The size can be {0}: exclude that with 'valid' on what it depends on.");

    /// <summary>A list whose elements need not take bytes.</summary>
    public static readonly KsyRule EndlessList = new(
        "KSY0408",
        "Possibly endless list",
        "An element of '{0}' can be empty, so the list might never end.");

    /// <summary>A recursive type without a way that leads past what it contains of itself.</summary>
    public static readonly KsyRule EndlessType = new(
        "KSY0409",
        "Type that never ends",
        "Type '{0}' always contains another one of itself, so it never ends.");

    /// <summary>What only an object that owns its data and can seek has.</summary>
    public static readonly KsyRule NeedsClass = new(
        "KSY0410",
        "Not readable forward",
        "'{0}' cannot be read forward: {1}; the shape 'class' can.");

    /// <summary>An instance that readers of a type do not offer.</summary>
    public static readonly KsyRule NotHandedOut = new(
        "KSY0411",
        "Instance that is not handed out",
        "The type of '{0}' is read piece by piece, so it serves in expressions only.",
        KsySeverity.Warning);

    /// <summary>A specification that has not the shape that is asked for.</summary>
    public static readonly KsyRule OtherShape = new(
        "KSY0412",
        "Another shape",
        "'{0}' cannot have the shape '{1}': {2}; state '-shape: {3}'.");
}
