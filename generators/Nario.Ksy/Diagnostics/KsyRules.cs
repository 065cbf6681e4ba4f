namespace Nario.Ksy.Diagnostics;

/// <summary>The rules of the front end from text to syntax; an identifier, once given, keeps its meaning.</summary>
public static class KsyRules
{
    /// <summary>The text is not YAML.</summary>
    public static readonly KsyRule InvalidYaml = new(
        "KSY0001", "Invalid YAML", "The text is not valid YAML: {0}.");

    /// <summary>There is nothing in the text.</summary>
    public static readonly KsyRule EmptySpecification = new(
        "KSY0002", "Empty specification", "The specification is empty.");

    /// <summary>More than one YAML document.</summary>
    public static readonly KsyRule SeveralDocuments = new(
        "KSY0003", "Several documents", "A specification is one YAML document, but a second one begins here.");

    /// <summary>Nesting beyond the limit of the reader.</summary>
    public static readonly KsyRule NestedTooDeep = new(
        "KSY0004", "Nested too deep", "The text nests deeper than {0} levels.");

    /// <summary>More nodes than the limit of the reader.</summary>
    public static readonly KsyRule TooManyNodes = new(
        "KSY0005", "Too many nodes", "The text has more than {0} nodes.");

    /// <summary>A key occurs twice in a mapping.</summary>
    public static readonly KsyRule DuplicateKey = new(
        "KSY0006", "Duplicate key", "The key {0} occurs twice in the same mapping.");

    /// <summary>A sequence or mapping in the place of a key.</summary>
    public static readonly KsyRule KeyNotScalar = new(
        "KSY0007", "Key is no scalar", "A key must be a scalar, not a sequence or a mapping.");

    /// <summary>A control character or half of a surrogate pair.</summary>
    public static readonly KsyRule InvalidCharacter = new(
        "KSY0008", "Invalid character", "The character U+{0} is not allowed in a specification.");

    /// <summary>A key that the language does not have at this place.</summary>
    public static readonly KsyRule UnknownKey = new(
        "KSY0010", "Unknown key", "Unknown key {0} in {1}{2}.");

    /// <summary>A node of the wrong kind.</summary>
    public static readonly KsyRule WrongKind = new(
        "KSY0011", "Wrong kind of value", "{0} must be {1}.");

    /// <summary>A required key is absent.</summary>
    public static readonly KsyRule MissingKey = new(
        "KSY0012", "Missing key", "The key {1} is missing in {0}.");

    /// <summary>Two keys that exclude each other.</summary>
    public static readonly KsyRule ConflictingKeys = new(
        "KSY0013", "Conflicting keys", "The keys {0} and {1} cannot stand together.");

    /// <summary>A key that has a meaning only together with another.</summary>
    public static readonly KsyRule KeyNeedsOther = new(
        "KSY0014", "Key needs another", "{0} needs {1} beside it.");

    /// <summary>A name that does not follow the pattern of names.</summary>
    public static readonly KsyRule InvalidName = new(
        "KSY0015",
        "Invalid name",
        "{0} is not a valid {1}: it must be a lower-case letter, then lower-case letters, digits and underscores.");

    /// <summary>Two members of a type have one name.</summary>
    public static readonly KsyRule DuplicateName = new(
        "KSY0016", "Duplicate name", "The name {0} is used twice in the same type.");

    /// <summary>A value outside a closed list.</summary>
    public static readonly KsyRule ValueNotInList = new(
        "KSY0017", "Value not in list", "The value of {0} must be {1}, not {2}.");

    /// <summary>A byte outside 0 to 255.</summary>
    public static readonly KsyRule NotAByte = new(
        "KSY0018", "Not a byte", "The value of {0} must be an integer from 0 to 255, not {1}.");

    /// <summary>A member of an enumeration whose key is no integer.</summary>
    public static readonly KsyRule EnumValueNotInteger = new(
        "KSY0019",
        "Enumeration value is no integer",
        "{0} is not an integer, so it cannot be a value of an enumeration.");

    /// <summary>Two members of an enumeration have one value.</summary>
    public static readonly KsyRule DuplicateEnumValue = new(
        "KSY0020", "Duplicate enumeration value", "The value {0} occurs twice in the enumeration {1}.");

    /// <summary>Two members of an enumeration have one label.</summary>
    public static readonly KsyRule DuplicateEnumLabel = new(
        "KSY0021", "Duplicate enumeration label", "The label {0} occurs twice in the enumeration {1}.");

    /// <summary>A compiler version that is none.</summary>
    public static readonly KsyRule InvalidVersion = new(
        "KSY0022", "Invalid version", "{0} is not a version: it must be two or three integers with dots between.");

    /// <summary>An array type outside parameters and casts.</summary>
    public static readonly KsyRule ArrayTypeNotAllowed = new(
        "KSY0024", "Array type not allowed", "{0} is an array type, which only a parameter may have; use 'repeat'.");

    /// <summary>Anchors, aliases and tags.</summary>
    public static readonly KsyRule UnsupportedYaml = new(
        "KSY0094", "Unsupported YAML", "YAML {0} are not supported.");

    /// <summary>A value of an enumeration beyond 64 bits.</summary>
    public static readonly KsyRule UnsupportedEnumValue = new(
        "KSY0095",
        "Unsupported enumeration value",
        "The enumeration value {0} beyond 64 bits is not supported.");

    /// <summary>No expression where one must be.</summary>
    public static readonly KsyRule EmptyExpression = new(
        "KSY0101", "Empty expression", "An expression is missing here.");

    /// <summary>A character that begins nothing.</summary>
    public static readonly KsyRule UnexpectedCharacter = new(
        "KSY0102", "Unexpected character", "Unexpected character {0} in an expression.");

    /// <summary>A string that does not end.</summary>
    public static readonly KsyRule UnterminatedString = new(
        "KSY0103", "Unterminated string", "The string is not closed.");

    /// <summary>An unknown or impossible escape.</summary>
    public static readonly KsyRule InvalidEscape = new(
        "KSY0104", "Invalid escape", "Invalid escape {0} in a string.");

    /// <summary>A number that is none or too long.</summary>
    public static readonly KsyRule InvalidNumber = new(
        "KSY0105", "Invalid number", "{0} is not a valid number.");

    /// <summary>A token where another must be.</summary>
    public static readonly KsyRule UnexpectedToken = new(
        "KSY0106", "Unexpected token", "Expected {0}, found {1}.");

    /// <summary>Nesting or chaining beyond the limit of the parser.</summary>
    public static readonly KsyRule ExpressionTooDeep = new(
        "KSY0107", "Expression too deep", "The expression nests or chains more than {0} operations.");

    /// <summary>A name in an expression that does not follow the pattern of names.</summary>
    public static readonly KsyRule InvalidExpressionName = new(
        "KSY0108",
        "Invalid name in an expression",
        "{0} is not a valid name: it must be a lower-case letter, then lower-case letters, digits and underscores.");

    /// <summary><c>a &lt; b &lt; c</c>.</summary>
    public static readonly KsyRule ChainedComparison = new(
        "KSY0109", "Chained comparison", "Comparisons do not chain; join two of them by 'and'.");

    /// <summary>A call of something that is no method.</summary>
    public static readonly KsyRule NotAMethod = new(
        "KSY0110", "Not a method", "Only a method of a value can be called.");
}
