using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Binding;

/// <summary>The rules of the language about names and types; an identifier, once given, keeps its meaning.</summary>
public static class BindingRules
{
    /// <summary>A field of bytes whose end is not said.</summary>
    public static readonly KsyRule UnboundedBytes = new(
        "KSY0023", "Unbounded bytes", "Bytes and strings need one of 'size', 'size-eos' and 'terminator'.");

    /// <summary>A type that is nowhere declared.</summary>
    public static readonly KsyRule UnknownType = new("KSY0201", "Unknown type", "There is no type '{0}' here.");

    /// <summary>A name in an expression that means nothing there.</summary>
    public static readonly KsyRule UnknownName = new(
        "KSY0202", "Unknown name", "There is no field, parameter or instance '{0}' here.");

    /// <summary>An expression whose parts do not go together.</summary>
    public static readonly KsyRule WrongKind = new("KSY0203", "Wrong kind of value", "Expected {0} here, not {1}.");

    /// <summary>An import of a file that is not among the inputs.</summary>
    public static readonly KsyRule UnknownImport = new(
        "KSY0204", "Unknown import", "No specification '{0}.ksy' is among the inputs.");

    /// <summary>A wrong number of arguments.</summary>
    public static readonly KsyRule ArgumentCount = new(
        "KSY0205", "Wrong number of arguments", "Type '{0}' takes {1} arguments, not {2}.");

    /// <summary>An enumeration that is nowhere declared.</summary>
    public static readonly KsyRule UnknownEnumeration = new(
        "KSY0206", "Unknown enumeration", "There is no enumeration '{0}' here.");

    /// <summary>A label that its enumeration does not have.</summary>
    public static readonly KsyRule UnknownLabel = new(
        "KSY0207", "Unknown label", "Enumeration '{0}' has no label '{1}'.");

    /// <summary>Two files with one id.</summary>
    public static readonly KsyRule DuplicateSpecification = new(
        "KSY0208", "Duplicate specification", "Another file declares the specification '{0}' too.");

    /// <summary>No byte order for an integer of several bytes.</summary>
    public static readonly KsyRule NoEndianness = new(
        "KSY0210",
        "No byte order",
        "Type '{0}' needs a byte order: state one in meta/endian, or write '{0}le' or '{0}be'.");

    /// <summary>Two values of types that are never equal.</summary>
    public static readonly KsyRule NotComparable = new(
        "KSY0212", "Values that cannot be compared", "{0} and {1} cannot be compared by '{2}'.");

    /// <summary>An operator for values of another type.</summary>
    public static readonly KsyRule OperatorNotApplicable = new(
        "KSY0213", "Operator that does not apply", "The operator '{0}' does not apply to {1}.");

    /// <summary>A member or method that values of a type do not have.</summary>
    public static readonly KsyRule UnknownMember = new(
        "KSY0214", "Unknown member", "There is no '{0}' in {1}.");

    /// <summary>Wrong arguments of a method or a routine.</summary>
    public static readonly KsyRule WrongArguments = new(
        "KSY0215", "Wrong arguments", "'{0}' takes {1}.");

    /// <summary>Alternatives that have nothing in common.</summary>
    public static readonly KsyRule NoCommonType = new(
        "KSY0216", "No common type", "{0} and {1} have no common type.");

    /// <summary>A value that would be needed to compute itself.</summary>
    public static readonly KsyRule Circular = new(
        "KSY0217", "Circular definition", "The type of '{0}' depends on itself.");

    /// <summary>The size of something that has none that is always the same.</summary>
    public static readonly KsyRule NoFixedSize = new(
        "KSY0218", "No fixed size", "The size of {0} is not fixed.");

    /// <summary>A key that has no meaning for a type.</summary>
    public static readonly KsyRule KeyNotForType = new(
        "KSY0219", "Key without a meaning", "The key '{0}' has no meaning for {1}.");

    /// <summary>A string of which the encoding is not stated.</summary>
    public static readonly KsyRule NoEncoding = new(
        "KSY0220", "No encoding", "A string needs an encoding: state it here or in meta/encoding.");

    /// <summary>An encoding that is not known.</summary>
    public static readonly KsyRule UnknownEncoding = new(
        "KSY0221", "Unknown encoding", "The encoding '{0}' is not known.", KsySeverity.Warning);

    /// <summary>An encoding by one of its other names.</summary>
    public static readonly KsyRule EncodingAlias = new(
        "KSY0222", "Encoding by another name", "The encoding '{0}' is called '{1}'.", KsySeverity.Warning);

    /// <summary>One of the special names where it stands for nothing.</summary>
    public static readonly KsyRule NoMeaningHere = new(
        "KSY0223", "Name without a meaning", "'{0}' stands for nothing here: {1}.");

    /// <summary>A number that 64 bits do not hold.</summary>
    public static readonly KsyRule IntegerTooLarge = new(
        "KSY0224", "Integer too large", "No 64-bit integer holds {0}.");

    /// <summary>A number of bits that no type has.</summary>
    public static readonly KsyRule BitWidth = new(
        "KSY0225", "Bad number of bits", "A type of bits has 1 to 64 of them, not '{0}'.");

    /// <summary>An argument of another type than the parameter's.</summary>
    public static readonly KsyRule ArgumentType = new(
        "KSY0226", "Wrong type of an argument", "The parameter '{0}' takes {1}, not {2}.");

    /// <summary>Definitions that rest on each other in too long a chain.</summary>
    public static readonly KsyRule TooDeep = new(
        "KSY0227", "Chain of definitions too long", "'{0}' rests on a chain of more than {1} other definitions and operations.");

    /// <summary>A key with a dash that is nearly one of ours.</summary>
    public static readonly KsyRule UnknownAnnotation = new(
        "KSY0302",
        "Unknown annotation",
        "The key '{0}' is ignored; did you mean '{1}'?",
        KsySeverity.Warning);

    /// <summary>An annotation with a wrong value.</summary>
    public static readonly KsyRule AnnotationValue = new(
        "KSY0303", "Bad annotation", "The value of '{0}' must be {1}.");

    /// <summary>An annotation at the wrong place.</summary>
    public static readonly KsyRule AnnotationPlace = new("KSY0304", "Misplaced annotation", "'{0}' {1}.");

    /// <summary>A size that is not called so.</summary>
    public static readonly KsyRule StyleSize = new(
        "KSY0501",
        "Style: name of a size",
        "'{0}' is only the size of '{1}': call it 'len_{1}'.",
        KsySeverity.Warning);

    /// <summary>A count that is not called so.</summary>
    public static readonly KsyRule StyleCount = new(
        "KSY0502",
        "Style: name of a count",
        "'{0}' is only the number of '{1}': call it 'num_{1}'.",
        KsySeverity.Warning);

    /// <summary>A position that is not called so.</summary>
    public static readonly KsyRule StylePosition = new(
        "KSY0503",
        "Style: name of a position",
        "'{0}' is only the position of '{1}': call it 'ofs_{1}'.",
        KsySeverity.Warning);
}
