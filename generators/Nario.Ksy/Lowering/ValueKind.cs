namespace Nario.Ksy.Lowering;

/// <summary>Sorts of values in expressions.</summary>
internal enum ValueKind
{
    Integer,
    Boolean,
    Bytes,
    Text,
    Choice,
    Structure,
    Nothing,
}
