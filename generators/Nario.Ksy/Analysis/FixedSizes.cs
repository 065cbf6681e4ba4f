using System.Numerics;
using Nario.Ksy.Model;

namespace Nario.Ksy.Analysis;

/// <summary>Sizes in the input that are the same for every value.</summary>
/// <param name="fieldsOf">Gives the fields of a type; null when they are not known.</param>
public sealed class FixedSizes(Func<TypeId, IReadOnlyList<Field>?> fieldsOf)
{
    /// <summary>Types that lie deeper inside each other are taken as of no fixed size.</summary>
    private const int MaxDepth = 100;

    private readonly Dictionary<TypeId, BigInteger?> _types = [];
    private int _depth;

    /// <summary>Makes the table of a model.</summary>
    public static FixedSizes Of(SpecModel model) => new(id => model.Type(id).Fields);

    /// <summary>Gets the number of bits of an object of a type; null when it is not fixed.</summary>
    public BigInteger? BitsOf(TypeId id)
    {
        if (!_types.TryGetValue(id, out BigInteger? size) && _depth < MaxDepth)
        {
            _depth++;

            // A type that contains itself has no fixed size.
            _types[id] = null;
            size = fieldsOf(id) is { } fields ? BitsOf(fields) : null;
            _types[id] = size;
            _depth--;
        }

        return size;
    }

    /// <summary>Gets the number of bits of a field, all its elements together; null when it is not fixed.</summary>
    public BigInteger? BitsOf(Field field)
    {
        if (field.Condition is not null)
        {
            return null;
        }

        return field.Repeat switch
        {
            null => BitsOf(field.Layout),
            RepeatedCount { Count: IntegerConstant count } => BitsOf(field.Layout) * count.Value,
            RepeatedCount or RepeatedToEnd or RepeatedUntil => null,
            _ => throw Unreachable.Case(field.Repeat),
        };
    }

    /// <summary>Gets the number of bits of one value; null when it is not fixed.</summary>
    public BigInteger? BitsOf(Layout layout) => layout switch
    {
        IntegerLayout integer => 8 * integer.Width,
        FloatLayout number => 8 * number.Width,
        BitsLayout bits => bits.Width,
        ContentsLayout contents => 8 * contents.Bytes.Count,
        BytesLayout bytes => BitsOf(bytes.Extent),
        StringLayout text => BitsOf(text.Extent),
        StructLayout item => item.Extent is null ? BitsOf(item.Id) : BitsOf(item.Extent),
        OpaqueLayout item => item.Extent is null ? null : BitsOf(item.Extent),
        SwitchLayout => null,
        _ => throw Unreachable.Case(layout),
    };

    private static BigInteger? BitsOf(Extent extent) => extent switch
    {
        SizedExtent { Size: IntegerConstant size } => 8 * size.Value,
        SizedExtent or ToEndExtent or TerminatedExtent => null,
        _ => throw Unreachable.Case(extent),
    };

    private BigInteger? BitsOf(IReadOnlyList<Field> fields)
    {
        BigInteger total = 0;
        foreach (Field field in fields)
        {
            if (BitsOf(field) is not { } size)
            {
                return null;
            }

            // What is no field of bits begins at a whole byte.
            total = field.Layout is BitsLayout ? total + size : ((total + 7) / 8 * 8) + size;
        }

        return total;
    }
}
